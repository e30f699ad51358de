using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Machines;

namespace Guestclock.Probes.TimeServices;

/// <summary>
/// Debian and Ubuntu before their time daemons excluded each other ship a drop-in for systemd-timesyncd with
/// <c>ConditionFileIsExecutable=!/usr/sbin/chronyd</c> and the like: the unit is enabled, but does not start beside another daemon.
/// </summary>
internal static class Conditions
{
    private static readonly string[] Folders = ["/etc/systemd/system", "/run/systemd/system", "/usr/lib/systemd/system",
        "/lib/systemd/system"];

    public static Fact<bool> Apply(IMachine machine, ServiceKind kind, Fact<bool> enabled)
    {
        if (kind.Kind != TimeServiceKind.Timesyncd || !enabled.Is(e => e))
            return enabled;
        foreach (var folder in Folders.Select(f => $"{f}/{kind.Units[0]}.service.d"))
        {
            foreach (var name in machine.List(folder).Or([]).Where(n => n.EndsWith(".conf", StringComparison.Ordinal)))
            {
                var file = $"{folder}/{name}";
                foreach (var entry in machine.ReadText(file).Then(IniFile.Parse).Or([]))
                {
                    if (entry is { Section: "Unit", Key: "ConditionFileIsExecutable" }
                        && entry.Value.StartsWith("!/", StringComparison.Ordinal)
                        && machine.Exists(entry.Value[1..]))
                        return Fact.Known(false, $"{file}:{entry.Line}");
                }
            }
        }

        return enabled;
    }
}
