using System.Text;

namespace Guestclock.Linux.Recording;

/// <summary>Secrets in command lines of processes, QEMU's above all (qemu-system(1): comma-separated options, or JSON).</summary>
internal static class SecretsInProcesses
{
    /// <summary>The answer to the question <c>processes</c>: arguments separated by tabs.</summary>
    public static string Redact(string processes)
    {
        var lines = processes.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var fields = lines[i].Split('\t');
            for (var f = 2; f < fields.Length; f++)
            {
                var isValue = f > 2 && fields[f - 1].StartsWith("--", StringComparison.Ordinal)
                    && SecretNames.IsSecret(fields[f - 1].AsSpan(2));
                fields[f] = isValue ? Redactor.Mark : RedactArgument(fields[f]);
            }

            lines[i] = string.Join('\t', fields);
        }

        return string.Join('\n', lines);
    }

    /// <summary>One argument: values of secret names up to the next single comma; the data of a secret object and of a firmware
    /// file.</summary>
    public static string RedactArgument(string argument)
    {
        if (!argument.AsSpan().ContainsAny('=', ':', '@'))
            return argument;
        var holdsData = argument.StartsWith("secret", StringComparison.Ordinal) || argument.Contains("\"secret", StringComparison.Ordinal)
            || argument.Contains("&quot;secret", StringComparison.Ordinal);
        var holdsString = argument.StartsWith("name=opt/", StringComparison.Ordinal);
        StringBuilder? to = null;
        var done = 0;
        for (var i = 0; i < argument.Length; i++)
        {
            if (argument[i] is not ('=' or ':') || i < done)
                continue;
            var name = Name(argument, i);
            if (!SecretNames.IsSecret(name) && !(holdsData && name is "data") && !(holdsString && name is "string"))
                continue;
            var (start, end) = Value(argument, i + 1);
            if (end == start || argument.AsSpan(start, end - start).SequenceEqual(Redactor.Mark))
                continue;
            to ??= new(argument.Length);
            to.Append(argument, done, start - done).Append(Redactor.Mark);
            done = end;
        }

        return SecretsInText.Redact(to is null ? argument : to.Append(argument, done, argument.Length - done).ToString());
    }

    private static ReadOnlySpan<char> Name(string text, int at)
    {
        var end = at;
        while (end > 0 && text[end - 1] is ' ')
            end--;
        if (text.AsSpan(0, end).EndsWith("&quot;", StringComparison.Ordinal))
            end -= 6;
        else if (end > 0 && text[end - 1] == '"')
            end--;
        var start = end;
        while (start > 0 && SecretNames.IsPart(text[start - 1]))
            start--;
        return text.AsSpan(start, end - start);
    }

    private static (int Start, int End) Value(string text, int start)
    {
        while (start < text.Length && text[start] == ' ')
            start++;
        foreach (var quote in new[] { "\"", "&quot;" })
        {
            if (!text.AsSpan(start).StartsWith(quote, StringComparison.Ordinal))
                continue;
            start += quote.Length;
            var close = text.IndexOf(quote, start, StringComparison.Ordinal);
            return (start, close < 0 ? text.Length : close);
        }

        var end = start;
        while (end < text.Length && (text[end] != ',' || (end + 1 < text.Length && text[end + 1] == ',')))
            end += text[end] == ',' ? 2 : 1;
        return (start, Math.Min(end, text.Length));
    }
}
