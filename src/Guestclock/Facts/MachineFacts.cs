namespace Guestclock.Facts;

/// <summary>Everything that was measured of one machine, by one section for each probe. Checks judge this and nothing else.</summary>
public sealed record MachineFacts
{
    public IdentityFacts Identity { get; init; } = new();

    public CpuFacts Cpu { get; init; } = new();

    public ClockFacts Clock { get; init; } = new();

    public KernelLogFacts KernelLog { get; init; } = new();

    public PowerFacts Power { get; init; } = new();

    public BootFacts Boot { get; init; } = new();

    public ModuleFacts Modules { get; init; } = new();

    public ServiceFacts Services { get; init; } = new();

    public ChronyFacts Chrony { get; init; } = new();

    public NtpServerFacts NtpServers { get; init; } = new();

    public DeviceFacts Devices { get; init; } = new();

    public AgentFacts Agent { get; init; } = new();

    public KvmFacts Kvm { get; init; } = new();

    public LibvirtFacts Libvirt { get; init; } = new();

    public XenFacts Xen { get; init; } = new();

    public WindowsFacts Windows { get; init; } = new();

    /// <summary>What the user said of the machine that the machine itself cannot tell.</summary>
    public Assumed Assumed { get; init; } = new();

    /// <summary>How each probe ended and how long it took.</summary>
    public IReadOnlyList<ProbeRun> Probes { get; init; } = [];

    public bool Has(Role role) => Identity.Roles.Is(r => r.Contains(role));

    /// <summary>A guest of any hypervisor (a container is not one).</summary>
    public bool IsGuest => Identity.Roles.Is(r => r.Any(x => x is Role.KvmGuest or Role.XenGuest or Role.HyperVGuest or Role.VmwareGuest
        or Role.VirtualBoxGuest or Role.OtherGuest));

    /// <summary>A host whose clock guests may depend on.</summary>
    public bool IsHost => Has(Role.KvmHost) || Has(Role.XenDom0);

    /// <summary>x86-64 or x86-32, as far as known.</summary>
    public bool IsX86 => Identity.Architecture.Is(a => a is "x86_64" or "i386" or "i486" or "i586" or "i686");
}

/// <summary>How one probe ended. <paramref name="State"/> is <see cref="FactState.Known"/> when it came to an end.</summary>
public sealed record ProbeRun(string Name, FactState State, string? Why, long TookNs);
