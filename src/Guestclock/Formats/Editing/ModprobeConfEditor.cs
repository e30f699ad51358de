using Guestclock.Formats.Modules;

namespace Guestclock.Formats.Editing;

/// <summary>Takes the lines out of a modprobe.d file that keep a module from loading; all other lines stay.</summary>
public static class ModprobeConfEditor
{
    /// <param name="module">With '_', as the kernel writes it.</param>
    /// <exception cref="MalformedInputException">The line is continued by a backslash.</exception>
    public static string Allow(string text, string module)
    {
        if (!ModprobeConf.Prevented(text).Contains(module))
            return text;
        var lines = text.Split('\n');
        var kept = lines.Where((l, i) => !(ModprobeConf.Prevented(l).Contains(module) && !l.EndsWith('\\') && (i == 0 || !lines[i - 1].EndsWith('\\'))));
        var result = string.Join('\n', kept);
        return ModprobeConf.Prevented(result).Contains(module)
            ? throw new MalformedInputException($"the line that keeps {module} from loading is continued on another line; take it out by hand") : result;
    }
}
