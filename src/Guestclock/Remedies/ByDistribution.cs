using Guestclock.Facts;

namespace Guestclock.Remedies;

/// <summary>Remedies that differ by distribution: packages, services, kernel arguments. One place, so that every check says the same.</summary>
public static class ByDistribution
{
    /// <summary>Adds and removes kernel arguments in the boot configuration; they take effect at the next boot.</summary>
    public static Remedy KernelArguments(MachineFacts facts, string why, IReadOnlyList<string> add, IReadOnlyList<string> remove) =>
        ArgumentsByHand(facts, why, add, remove) with { Arguments = new(add, remove) };

    private static Remedy ArgumentsByHand(MachineFacts facts, string why, IReadOnlyList<string> add, IReadOnlyList<string> remove)
    {
        var os = facts.Identity.Os.Or(new("", "", "", OsFamily.Unknown));
        var changes = string.Join(", ", add.Select(a => $"add {a}").Concat(remove.Select(r => $"remove {r}")));
        var summary = $"{why}: {changes}; takes effect at the next boot";
        var legacy = facts.Boot.Entries.Or([]).FirstOrDefault(e => e is { Loader: BootLoader.GrubLegacy, IsLeftOver: false });
        if (os.Family == OsFamily.RedHat && (os.Major is null or >= 5))
        {
            var options = new List<string>();
            if (remove.Count > 0)
                options.Add($"--remove-args=\"{string.Join(' ', remove)}\"");
            if (add.Count > 0)
                options.Add($"--args=\"{string.Join(' ', add)}\"");
            var grubby = $"grubby --update-kernel=ALL {string.Join(' ', options)}";
            // On RHEL 7 grubby leaves the template for new kernels as it is.
            return os is { Id: not "fedora", Major: 7 } ? new(summary, grubby, $"vi /etc/default/grub   # in GRUB_CMDLINE_LINUX: {changes}") : new(summary, grubby);
        }

        if (legacy is not null)
            return new(summary, $"cp -p {File(legacy.Source)} {File(legacy.Source)}.before-guestclock", $"vi {File(legacy.Source)}   # on each 'kernel' line: {changes}");
        if (WithoutGrub(facts, os, changes) is { } commands)
            return new(summary, commands);
        var edit = $"vi /etc/default/grub   # in {(os.Family == OsFamily.Suse ? "GRUB_CMDLINE_LINUX_DEFAULT" : "GRUB_CMDLINE_LINUX")}: {changes}";
        return os.Family switch
        {
            OsFamily.Debian => new(summary, edit, "update-grub"),
            OsFamily.Suse or OsFamily.RedHat => new(summary, edit, "grub2-mkconfig -o /boot/grub2/grub.cfg"),
            OsFamily.Arch or OsFamily.Alpine => new(summary, edit, "grub-mkconfig -o /boot/grub/grub.cfg"),
            _ => new($"{summary} (in the boot loader's configuration)"),
        };
    }

    // systemd-boot and extlinux: where their entries are written from.
    private static IReadOnlyList<string>? WithoutGrub(MachineFacts facts, Facts.OperatingSystem os, string changes)
    {
        var entries = facts.Boot.Entries.Or([]).Where(e => !e.IsLeftOver).ToList();
        if (entries.Count == 0 || entries.Exists(e => e.Loader is BootLoader.Grub2 or BootLoader.GrubLegacy))
            return null;
        if (entries.TrueForAll(e => e.Loader == BootLoader.Bls))
        {
            var template = $"vi /etc/kernel/cmdline   # {changes}";
            if (os.Family == OsFamily.Suse)
                return [template, "sdbootutil update-all-entries"];
            var edit = $"vi {entries[0].Source[..entries[0].Source.LastIndexOf('/')]}/*.conf   # on each 'options' line: {changes}";
            return facts.Boot.KernelInstallArguments.IsKnown ? [edit, template] : [edit];
        }

        return os.Family == OsFamily.Alpine
            ? [$"vi /etc/update-extlinux.conf   # in default_kernel_opts: {changes}", "update-extlinux"]
            : [$"vi {File(entries[0].Source)}   # on each APPEND line: {changes}"];
    }

    /// <summary>Enables and starts a unit, or its SysV script on systems before systemd.</summary>
    public static IReadOnlyList<string> EnableAndStart(MachineFacts facts, string service) => ServiceCommands.EnableAndStart(facts, service);

    /// <summary>Stops a unit and keeps it from starting at boot.</summary>
    public static IReadOnlyList<string> DisableAndStop(MachineFacts facts, string service) => ServiceCommands.DisableAndStop(facts, service);

    /// <summary>Restarts a unit.</summary>
    public static string Restart(MachineFacts facts, string service) => ServiceCommands.Restart(facts, service);

    /// <summary>Starts a unit that is enabled already.</summary>
    public static string Start(MachineFacts facts, string service) => ServiceCommands.Start(facts, service);

    /// <summary>The command that installs packages.</summary>
    public static string Install(MachineFacts facts, params IReadOnlyList<string> packages)
    {
        var names = string.Join(' ', packages);
        var os = facts.Identity.Os.Or(new("", "", "", OsFamily.Unknown));
        return os.Family switch
        {
            OsFamily.RedHat => (os.Id == "fedora" || os.Major is >= 8 ? "dnf" : "yum") + $" install -y {names}",
            OsFamily.Debian => $"apt-get install -y {names}",
            OsFamily.Suse => $"zypper --non-interactive install {names}",
            OsFamily.Arch => $"pacman -S --noconfirm {names}",
            OsFamily.Alpine => $"apk add {names}",
            _ => $"# install with the system's package manager: {names}",
        };
    }

    /// <summary>The name of chrony's unit on this distribution.</summary>
    public static string ChronyUnit(MachineFacts facts) => facts.Identity.Os.Is(o => o.Family == OsFamily.Debian) ? "chrony" : "chronyd";

    /// <summary>chrony's main configuration file on this distribution, or the one that was found.</summary>
    public static string ChronyFile(MachineFacts facts) =>
        facts.Services.ChronyConf.TryGet(out var conf) ? conf.File
        : facts.Identity.Os.Is(o => o.Family is OsFamily.Debian or OsFamily.Alpine) ? "/etc/chrony/chrony.conf" : "/etc/chrony.conf";

    /// <summary>RHEL and CentOS before 7, SLES before 12: SysV init scripts and run levels.</summary>
    public static bool IsSysV(MachineFacts facts) => facts.Identity.Os.Is(o => o switch
    {
        { Id: "fedora" } => false,
        { Family: OsFamily.RedHat, Major: < 7 } => true,
        { Id: "sles" or "sled", Major: < 12 } => true,
        { Id: "debian", Major: < 8 } => true,
        _ => false,
    });

    private static string File(string source)
    {
        var at = source.LastIndexOf(':');
        return at > 0 ? source[..at] : source;
    }
}
