using Guestclock.Formats.Boot;

namespace Guestclock.Formats.Editing;

/// <summary>Changes the <c>options</c> lines of a Boot Loader Specification entry and nothing else.</summary>
public static class BlsEditor
{
    /// <param name="takesNew">False: new arguments go into a variable that it uses, and only what stands in the entry changes.</param>
    /// <exception cref="MalformedInputException">The entry is of a form that is not edited here.</exception>
    public static string Change(string text, ArgumentEdit edit, bool takesNew = true)
    {
        var places = Options(text);
        var (changed, left) = edit.Spread([.. places.Select(p => p.Of(text))]);
        if (!takesNew)
        {
            edit = edit with { Add = [.. edit.Add.Except(left, StringComparer.Ordinal)] };
            left = [];
        }

        var values = changed.ToArray();
        if (places.Count > 0)
            values[^1] = KernelLine.Change(values[^1], left, []);
        var after = TextSpan.Replace(text, places, values);
        if (places.Count == 0 && left.Count > 0)
        {
            var end = ShellFile.LineEnd(text);
            after += (text.Length == 0 || text[^1] == '\n' ? "" : end) + "options " + string.Join(' ', left) + end;
        }

        var (before, read) = (BlsEntry.Parse(text), BlsEntry.Parse(after));
        edit.Prove("the boot entry", KernelArguments.Parse(before.Options), KernelArguments.Parse(read.Options));
        return before with { Options = read.Options } == read ? after
            : throw new MalformedInputException("the boot entry is of a form that is not edited here; change it by hand");
    }

    /// <summary>The values, without the blanks around them.</summary>
    private static List<TextSpan> Options(string text)
    {
        const string key = "options";
        var all = new List<TextSpan>();
        for (var at = 0; at < text.Length; at = ShellFile.NextLine(text, at))
        {
            var (start, end) = (at, ShellFile.NextLine(text, at));
            while (end > start && char.IsWhiteSpace(text[end - 1]))
                end--;
            while (start < end && char.IsWhiteSpace(text[start]))
                start++;
            if (!text.AsSpan(start, end - start).StartsWith(key, StringComparison.Ordinal) || start + key.Length >= end || text[start + key.Length] is not (' ' or '\t'))
                continue;
            start += key.Length;
            while (char.IsWhiteSpace(text[start]))
                start++;
            all.Add(new(start, end));
        }

        return all;
    }
}
