namespace Guestclock.Linux.Tests.Trees;

/// <summary>The modern distributions as they ship, each by a name.</summary>
internal static class Family
{
    public static readonly string[] WithChrony =
    [
        "RHEL 7", "RHEL 8", "RHEL 9", "RHEL 10", "Fedora", "Debian 10 chrony", "Debian 12 chrony", "Debian 13 chrony", "Ubuntu 25.10",
        "SLES 15 SP6", "openSUSE Leap 15.6", "openSUSE Tumbleweed", "Alpine",
    ];

    public static readonly string[] WithTimesyncd = ["Debian 10", "Debian 12", "Debian 13", "Ubuntu 20.04", "Ubuntu 24.04", "Arch"];

    public static Tree Disk(string name) => name switch
    {
        "RHEL 7" => RedHat.Rhel(7),
        "RHEL 8" => RedHat.Rhel(8),
        "RHEL 9" => RedHat.Rhel(9),
        "RHEL 10" => RedHat.Rhel(10),
        "Fedora" => RedHat.Fedora(),
        "Debian 10" => Debian.Release(10),
        "Debian 12" => Debian.Release(12),
        "Debian 13" => Debian.Release(13),
        "Debian 10 chrony" => Debian.WithChrony(10),
        "Debian 12 chrony" => Debian.WithChrony(12),
        "Debian 13 chrony" => Debian.WithChrony(13),
        "Ubuntu 20.04" => Debian.Ubuntu("20.04"),
        "Ubuntu 24.04" => Debian.Ubuntu("24.04"),
        "Ubuntu 25.10" => Debian.Ubuntu("25.10"),
        "Alpine" => Others.Alpine(),
        "Arch" => Others.Arch(),
        _ => Suse.Modern(name),
    };

    /// <summary>chrony.conf of that distribution.</summary>
    public static string Chrony(string name) => name.StartsWith("Debian", StringComparison.Ordinal)
        || name.StartsWith("Ubuntu", StringComparison.Ordinal) || name == "Alpine" ? Debian.Chrony : RedHat.Chrony;

    /// <summary>chrony may step at any time, as a guest that can be paused needs it.</summary>
    public static Tree SteppingAnytime(string name)
    {
        var file = Chrony(name);
        return name switch
        {
            "Alpine" => Disk(name).Append(file, "makestep 1 -1\n"),
            _ when file == Debian.Chrony => Disk(name).Replace(file, "makestep 1 3", "makestep 1 -1"),
            _ => Disk(name).Replace(file, "makestep 1.0 3", "makestep 1.0 -1"),
        };
    }

    /// <summary>The disk runs as a guest of KVM with kvm-clock, as QEMU gives it by default (no invtsc).</summary>
    public static Tree AsKvmGuest(this Tree tree) => tree
        .On("constant_tsc tsc_known_freq tsc_adjust hypervisor", "KVMKVMKVM", "kvm-clock", "kvm-clock tsc acpi_pm")
        .Dmi("QEMU", "Standard PC (Q35 + ICH9, 2009)")
        .Log("Hypervisor detected: KVM", "kvm-clock: Using msrs 4b564d01 and 4b564d00", "kvm-clock: using sched offset of 8264918 cycles",
            "tsc: Detected 2596.120 MHz processor", "Calibrating delay loop (skipped) preset value.. 5192.24 BogoMIPS (lpj=2596120)",
            "clocksource: Switched to clocksource kvm-clock");
}
