using Guestclock.Formats.Agent;

namespace Guestclock.Formats.Editing;

/// <summary>Changes the lists of commands in the [general] group of qemu-ga.conf; everything else stays byte for byte.</summary>
public static class QemuGaConfEditor
{
    /// <summary>The text in which no list blocks these commands, and a list of what is allowed names them.</summary>
    /// <exception cref="MalformedInputException">The result does not say so.</exception>
    public static string Allow(string text, IReadOnlyList<string> commands)
    {
        var inGeneral = false;
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.StartsWith('['))
                inGeneral = line == "[general]";
            var at = lines[i].IndexOf('=', StringComparison.Ordinal);
            if (!inGeneral || at <= 0 || line[0] is '#' or ';' or '=')
                continue;
            var start = at + 1;
            while (start < lines[i].Length && char.IsWhiteSpace(lines[i][start]))
                start++;
            var end = Math.Max(start, lines[i].TrimEnd('\r').Length);
            var list = lines[i][start..end];
            var changed = lines[i][..at].Trim() switch
            {
                "block-rpcs" or "blacklist" => CommandList.Without(list, commands),
                "allow-rpcs" => CommandList.With(list, commands),
                _ => list,
            };
            lines[i] = lines[i][..start] + changed + lines[i][end..];
        }

        var result = string.Join('\n', lines);
        var conf = QemuGaConf.Parse(result);
        return commands.All(c => conf.Blocked?.Contains(c, StringComparer.Ordinal) != true
            && (conf.Allowed is null or { Count: 0 } || conf.Allowed.Contains(c, StringComparer.Ordinal)))
            ? result : throw new MalformedInputException("the lists of qemu-ga.conf are of a form that is not edited here");
    }
}
