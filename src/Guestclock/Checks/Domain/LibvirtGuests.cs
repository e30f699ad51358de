using Guestclock.Facts;

namespace Guestclock.Checks.Domain;

/// <summary>
/// What libvirt-guests does when the host shuts down and boots (libvirt-guests.sh; Debian and Ubuntu ship other defaults).
/// </summary>
/// <param name="SuspendsAtShutdown">It saves the running guests.</param>
/// <param name="StartsAtBoot">It starts those again, and then sets their time when <paramref name="SyncsTime"/>.</param>
/// <param name="SyncsTime">SYNC_TIME is anything but 0.</param>
internal sealed record LibvirtGuests(bool SuspendsAtShutdown, bool StartsAtBoot, bool SyncsTime)
{
    public static LibvirtGuests Of(MachineFacts facts)
    {
        var isDebian = facts.Identity.Os.Is(o => o.Family == OsFamily.Debian);
        var conf = facts.Libvirt.GuestsConf.Or(new Dictionary<string, string>(StringComparer.Ordinal));
        var enabled = facts.Libvirt.GuestsEnabled.Or(false);
        return new(
            enabled && conf.GetValueOrDefault("ON_SHUTDOWN", isDebian ? "shutdown" : "suspend") != "shutdown",
            enabled && conf.GetValueOrDefault("ON_BOOT", isDebian ? "ignore" : "start") == "start",
            conf.GetValueOrDefault("SYNC_TIME", "0") != "0");
    }

    /// <summary>The settings file of this distribution.</summary>
    public static string File(MachineFacts facts) =>
        facts.Libvirt.GuestsConf.IsKnown ? facts.Libvirt.GuestsConf.Source
        : facts.Identity.Os.Is(o => o.Family == OsFamily.Debian) ? "/etc/default/libvirt-guests" : "/etc/sysconfig/libvirt-guests";
}
