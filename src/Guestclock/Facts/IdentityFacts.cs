using System.Text.Json.Serialization;
using Guestclock.Json;

namespace Guestclock.Facts;

/// <summary>Who the machine is.</summary>
public sealed record IdentityFacts
{
    public Fact<string> Hostname { get; init; } = Fact<string>.None;

    public Fact<OperatingSystem> Os { get; init; } = Fact<OperatingSystem>.None;

    /// <summary>As <c>uname -r</c>; of an image the newest directory of /lib/modules.</summary>
    public Fact<string> KernelRelease { get; init; } = Fact<string>.None;

    /// <summary>As <c>uname -m</c>.</summary>
    public Fact<string> Architecture { get; init; } = Fact<string>.None;

    public Fact<Hypervisor> Hypervisor { get; init; } = Fact<Hypervisor>.None;

    public Fact<IReadOnlyList<Role>> Roles { get; init; } = Fact<IReadOnlyList<Role>>.None;

    /// <summary>The name of process 1: <c>systemd</c>, <c>init</c> (SysV, upstart, busybox), or a program of its own.</summary>
    public Fact<string> InitProcess { get; init; } = Fact<string>.None;

    /// <summary>Whether this process may read everything (effective user id 0).</summary>
    public Fact<bool> IsRoot { get; init; } = Fact<bool>.None;
}

/// <summary>An operating system and its release. <paramref name="VersionId"/> is empty where there is none (a rolling release).</summary>
/// <param name="Id">Lower-case id as in os-release: <c>rhel</c>, <c>centos</c>, <c>debian</c>, <c>ubuntu</c>, <c>sles</c>, <c>opensuse-leap</c>, <c>windows</c> …</param>
/// <param name="Family">Which family's tools and file places it has.</param>
public sealed record OperatingSystem(string Id, string VersionId, string PrettyName, OsFamily Family)
{
    /// <summary>The first number of the version, or null.</summary>
    public int? Major => Part(0);

    /// <summary>The second number of the version, or null.</summary>
    public int? Minor => Part(1);

    private int? Part(int index)
    {
        var parts = VersionId.Split('.');
        return index < parts.Length && int.TryParse(parts[index], out var n) ? n : null;
    }
}

[JsonConverter(typeof(KebabEnumConverter<OsFamily>))]
public enum OsFamily
{
    Unknown,

    /// <summary>RHEL, CentOS, Rocky, Alma, Oracle, Amazon, Fedora.</summary>
    RedHat,

    /// <summary>Debian, Ubuntu and what derives from them.</summary>
    Debian,

    /// <summary>SLES, openSUSE.</summary>
    Suse,

    Arch,
    Alpine,
    Windows,
}

[JsonConverter(typeof(KebabEnumConverter<Hypervisor>))]
public enum Hypervisor
{
    None,
    Kvm,

    /// <summary>QEMU without KVM (TCG): an emulated machine.</summary>
    Tcg,
    Xen,

    /// <summary>Microsoft Hyper-V and Azure.</summary>
    [JsonStringEnumMemberName("hyperv")]
    HyperV,
    Vmware,

    [JsonStringEnumMemberName("virtualbox")]
    VirtualBox,
    Bhyve,
    Parallels,
    Other,
    Unknown,
}

/// <summary>What the machine is in the chain of clocks. Several may hold: a nested host is guest and host.</summary>
[JsonConverter(typeof(KebabEnumConverter<Role>))]
public enum Role
{
    BareMetal,
    KvmHost,
    KvmGuest,

    [JsonStringEnumMemberName("xen-dom0")]
    XenDom0,
    XenGuest,

    [JsonStringEnumMemberName("hyperv-guest")]
    HyperVGuest,
    VmwareGuest,

    [JsonStringEnumMemberName("virtualbox-guest")]
    VirtualBoxGuest,

    /// <summary>A guest of another hypervisor, an emulated (TCG) machine among them.</summary>
    OtherGuest,
    Container,
}
