using Guestclock.Facts;
using Guestclock.Formats;
using OperatingSystem = Guestclock.Facts.OperatingSystem;

namespace Guestclock.Testing;

/// <summary>Facts of sound machines, from which a row of a table test changes what it is about.</summary>
public static class Some
{
    public const string Where = "test";

    public static Fact<T> Known<T>(T value) => Fact.Known(value, Where);

    public static Fact<T> Missing<T>(string why = "no such file or directory") => Fact.Unknown<T>(FactState.Missing, Where, why);

    public static Fact<T> Not<T>(FactState state, string why = "reason") => Fact.Unknown<T>(state, Where, why);

    public static Fact<IReadOnlyList<T>> List<T>(params IReadOnlyList<T> items) => Known(items);

    public static CpuInfo Cpu(int index, params string[] flags) =>
        new(index, "GenuineIntel", 6, 85, 4, "Some CPU @ 2.60GHz", "0x1", 2600, flags.ToHashSet(StringComparer.Ordinal));

    /// <summary>A modern KVM guest on Debian 12 with two sound CPUs, clock source tsc.</summary>
    public static MachineFacts KvmGuest() => new()
    {
        Identity = Identity(Hypervisor.Kvm, Role.KvmGuest),
        Cpu = new() { Cpus = List(Cpu(0, "tsc", "constant_tsc", "nonstop_tsc", "hypervisor"), Cpu(1, "tsc", "constant_tsc", "nonstop_tsc", "hypervisor")), TscKhz = Known(2_600_000L) },
        Clock = Clock("tsc", "tsc", "kvm-clock", "acpi_pm"),
        KernelLog = new() { Log = Known(new KernelLog(true, [])) },
    };

    /// <summary>A KVM host on Debian 12, clock source tsc.</summary>
    public static MachineFacts KvmHost() => KvmGuest() with
    {
        Identity = Identity(Hypervisor.None, Role.BareMetal, Role.KvmHost),
        Cpu = new() { Cpus = List(Cpu(0, "tsc", "constant_tsc", "nonstop_tsc"), Cpu(1, "tsc", "constant_tsc", "nonstop_tsc")), TscKhz = Known(2_600_000L) },
        Clock = Clock("tsc", "tsc", "hpet", "acpi_pm"),
    };

    /// <summary>A machine of another architecture, which has no TSC.</summary>
    public static MachineFacts Arm() => KvmGuest() with
    {
        Identity = Identity(Hypervisor.Kvm, Role.KvmGuest) with { Architecture = Known("aarch64") },
        Cpu = new() { Cpus = List(Cpu(0, "fp", "asimd")) },
        Clock = Clock("arch_sys_counter", "arch_sys_counter"),
    };

    public static OperatingSystem Os(string id, string version, OsFamily family) => new(id, version, $"{id} {version}", family);

    public static KernelArguments Arguments(string text) => KernelArguments.Parse(text);

    private static IdentityFacts Identity(Hypervisor hypervisor, params Role[] roles) => new()
    {
        Hostname = Known("some"),
        Os = Known(Os("debian", "12", OsFamily.Debian)),
        KernelRelease = Known("6.1.0-30-amd64"),
        Architecture = Known("x86_64"),
        Hypervisor = Known(hypervisor),
        Roles = Known<IReadOnlyList<Role>>(roles),
        IsRoot = Known(true),
    };

    private static ClockFacts Clock(string current, params string[] available) => new()
    {
        CurrentSource = Known(current),
        AvailableSources = Known<IReadOnlyList<string>>(available),
        CommandLine = Known(Arguments("BOOT_IMAGE=/boot/vmlinuz root=/dev/vda1 ro quiet")),
        KernelTime = Known(new KernelTime(0, 0x2001, 0, 1.5, 12_000, 300, 37)),
        Steal = Known(new StealTime(10, 100_000)),
    };
}
