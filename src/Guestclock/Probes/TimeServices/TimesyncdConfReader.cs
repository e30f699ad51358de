using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Machines;

namespace Guestclock.Probes.TimeServices;

/// <summary>
/// timesyncd.conf with its drop-ins (timesyncd.conf(5)): the main file of the first directory that has one, then the drop-ins of all
/// directories sorted by name, where /etc goes before /run before /usr/local/lib before /usr/lib for one name.
/// </summary>
internal static class TimesyncdConfReader
{
    private static readonly string[] Folders = ["/etc/systemd", "/run/systemd", "/usr/local/lib/systemd", "/usr/lib/systemd",
        "/lib/systemd"];

    public static Fact<NtpConfiguration> Read(IMachine machine)
    {
        var files = new List<string>();
        if (Folders.Select(f => f + "/timesyncd.conf").FirstOrDefault(machine.Exists) is { } main)
            files.Add(main);
        var dropIns = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var folder in Folders)
        {
            foreach (var name in machine.List(folder + "/timesyncd.conf.d").Or([]).Where(n =>
                n.EndsWith(".conf", StringComparison.Ordinal)))
                dropIns.TryAdd(name, $"{folder}/timesyncd.conf.d/{name}");
        }

        files.AddRange(dropIns.Values);
        if (files.Count == 0)
            return Fact.Missing<NtpConfiguration>(Folders[0] + "/timesyncd.conf",
                "no timesyncd.conf: the built-in servers and those of DHCP hold");
        var directives = new List<ConfigDirective>();
        var problems = new List<string>();
        foreach (var file in files)
            File(machine, file, directives, problems);
        return Fact.Known(new NtpConfiguration(TimeServiceKind.Timesyncd, files[0], directives, problems), files[0]);
    }

    private static void File(IMachine machine, string file, List<ConfigDirective> directives, List<string> problems)
    {
        var text = machine.ReadText(file);
        if (!text.TryGet(out var t))
        {
            problems.Add($"{file} could not be read: {text.Why}");
            return;
        }

        foreach (var entry in IniFile.Parse(t).Where(e => e.Section == "Time"))
        {
            // An empty value takes back what earlier lines and files said.
            if (entry.Value.Length == 0)
                directives.RemoveAll(d => d.Name == entry.Key);
            else
                directives.Add(new(entry.Key, entry.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
                    $"{file}:{entry.Line}"));
        }
    }
}
