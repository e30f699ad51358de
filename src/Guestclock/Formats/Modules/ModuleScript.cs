namespace Guestclock.Formats.Modules;

/// <summary>
/// The shell scripts that load modules on systems before systemd: /etc/rc.modules and /etc/sysconfig/modules/*.modules of RHEL up to 6.
/// Never executed: the modules that a <c>modprobe</c> or <c>insmod</c> in them names, whatever condition it stands under.
/// </summary>
public static class ModuleScript
{
    public static IReadOnlyList<string> Parse(string text)
    {
        var names = new List<string>();
        foreach (var line in text.Split('\n'))
        {
            var words = line.Split([' ', '\t', ';', '&', '|', '(', ')', '\r'], StringSplitOptions.RemoveEmptyEntries);
            for (var i = 0; i < words.Length && !words[i].StartsWith('#'); i++)
            {
                if (words[i] is "modprobe" or "/sbin/modprobe" or "/usr/sbin/modprobe" or "insmod" or "/sbin/insmod")
                    Add(words, i + 1, names);
            }
        }

        return names;
    }

    private static void Add(string[] words, int at, List<string> names)
    {
        while (at < words.Length && words[at].StartsWith('-'))
        {
            if (words[at] is "-r" or "--remove" or "-R" or "-n" or "--dry-run" or "--show")
                return;
            at++;
        }

        if (at >= words.Length || words[at][0] is '$' or '"' or '#' or '>')
            return;
        var file = ModuleName.OfFile(words[at]);
        names.Add(file.Length > 0 ? file : ModuleName.Normalise(words[at]));
    }
}
