using Guestclock.Facts;
using Guestclock.Remedies;

namespace Guestclock.Checks.Phc;

/// <summary>What the checks of this group advise.</summary>
internal static class PhcRemedy
{
    /// <summary>The file of the rule that makes a stable link.</summary>
    public const string LinkRules = "/etc/udev/rules.d/60-ptp-stable.rules";

    /// <summary>Loads a module at every boot, without loading it now.</summary>
    public static string AtBoot(MachineFacts facts, string module) => FileAtBoot(facts, module) switch
    {
        "/etc/modules" => $"echo {module} >> /etc/modules",
        { } file => $"echo {module} > {file}",
        null => $"# let one of the boot scripts run: modprobe {module}",
    };

    /// <summary>The file of module names in which one is added; null on systems that are older than modules-load.d and have no other.</summary>
    public static string? FileAtBoot(MachineFacts facts, string module)
    {
        var family = facts.Identity.Os.Or(new("", "", "", OsFamily.Unknown)).Family;
        return family == OsFamily.Alpine || (family == OsFamily.Debian && ByDistribution.IsSysV(facts)) ? "/etc/modules"
            : ByDistribution.IsSysV(facts) ? null
            : $"/etc/modules-load.d/{module}.conf";
    }

    /// <summary>The line for chrony: polled every 4 s as the mean of 16 readings, and not announced as stratum 1.</summary>
    public static string Line(string device, bool tai) => $"refclock PHC {device} poll 2 dpoll -2 offset 0 stratum 2{(tai ? " tai" : "")}";

    public static Remedy AddRefclock(MachineFacts facts, PtpClock clock, string name, bool tai) => new(
        $"Give chrony the hypervisor's clock: add '{Line(name, tai)}' to its configuration",
        [
            .. clock.StableNames.Count == 0 && name != clock.Device ? MakeLink(clock, name) : [],
            $"echo '{Line(name, tai)}' >> {ByDistribution.ChronyFile(facts)}",
            ByDistribution.Restart(facts, ByDistribution.ChronyUnit(facts)),
        ]);

    /// <summary>A udev rule that makes the stable link where the distribution's udev is too old to have it.</summary>
    public static IReadOnlyList<string> MakeLink(PtpClock clock, string link) =>
        [$"echo '{LinkRule(clock.ClockName, link)}' > {LinkRules}", "udevadm control --reload && udevadm trigger --subsystem-match=ptp"];

    /// <summary>As in systemd's rules.d/50-udev-default.rules.</summary>
    public static string LinkRule(string clockName, string link) =>
        $"SUBSYSTEM==\"ptp\", ATTR{{clock_name}}==\"{clockName}\", SYMLINK+=\"{link["/dev/".Length..]}\"";
}
