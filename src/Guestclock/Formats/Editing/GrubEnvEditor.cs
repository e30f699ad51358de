using Guestclock.Formats.Boot;

namespace Guestclock.Formats.Editing;

/// <summary>
/// Sets a variable of a GRUB environment block as grub-editenv does (grub-core/lib/envblk.c): the block keeps its size, which GRUB must be able to
/// write without the file system; what is not used is filled with '#'.
/// </summary>
public static class GrubEnvEditor
{
    public const string Signature = "# GRUB Environment Block\n";

    /// <exception cref="MalformedInputException">It is no environment block, or the value does not fit into it.</exception>
    public static string Set(string block, string name, string value)
    {
        if (!block.StartsWith(Signature, StringComparison.Ordinal))
            throw new MalformedInputException("the GRUB environment block does not begin with its signature; write it anew with grub2-editenv");
        var line = $"{name}={Escaped(value)}\n";
        var used = block.TrimEnd('#');
        if (used[^1] != '\n')
            throw new MalformedInputException("the GRUB environment block does not end with its padding; write it anew with grub2-editenv");
        var (start, end) = Find(used, name) ?? (used.Length, used.Length);
        var after = used[..start] + line + used[end..];
        if (after.Length > block.Length)
            throw new MalformedInputException($"the GRUB environment block has {block.Length} bytes, and {name} does not fit into it any more");
        after = after.PadRight(block.Length, '#');
        var (before, read) = (GrubEnv.Parse(block), GrubEnv.Parse(after));
        if (read.GetValueOrDefault(name) != value || before.Any(v => v.Key != name && read.GetValueOrDefault(v.Key) != v.Value))
            throw new MalformedInputException("the GRUB environment block is of a form that is not edited here; use grub2-editenv");
        return after;
    }

    private static string Escaped(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\\n", StringComparison.Ordinal);

    private static (int Start, int End)? Find(string text, string name)
    {
        for (var at = 0; at < text.Length;)
        {
            var start = at;
            while (at < text.Length && text[at] != '\n')
                at += text[at] == '\\' && text[start] != '#' ? 2 : 1;
            at = Math.Min(at + 1, text.Length);
            if (text.AsSpan(start).StartsWith(name, StringComparison.Ordinal) && start + name.Length < text.Length && text[start + name.Length] == '=')
                return (start, at);
        }

        return null;
    }
}
