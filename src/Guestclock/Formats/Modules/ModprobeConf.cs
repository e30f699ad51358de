namespace Guestclock.Formats.Modules;

/// <summary>
/// modprobe.d(5): the modules that a file keeps from loading. <c>blacklist NAME</c> stops loading by alias and by modules-load.d (not a
/// modprobe by name); <c>install NAME /bin/false</c> (or true) stops modprobe as well.
/// </summary>
public static class ModprobeConf
{
    public static IReadOnlyList<string> Prevented(string text)
    {
        var names = new List<string>();
        foreach (var line in text.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'))
        {
            var words = line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words is ["blacklist", var name, ..])
                names.Add(ModuleName.Normalise(name));
            else if (words is ["install", var installed, var command, ..] && IsNothing(command))
                names.Add(ModuleName.Normalise(installed));
        }

        return names;
    }

    private static bool IsNothing(string command) =>
        command is "/bin/true" or "/bin/false" or "/usr/bin/true" or "/usr/bin/false" or "true" or "false" or ":";
}
