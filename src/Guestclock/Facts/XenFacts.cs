namespace Guestclock.Facts;

/// <summary>Xen: this machine as dom0 or guest, and the guests it configures.</summary>
public sealed record XenFacts
{
    /// <summary>/proc/xen/capabilities: contains <c>control_d</c> in dom0.</summary>
    public Fact<string> Capabilities { get; init; } = Fact<string>.None;

    /// <summary>Guest configurations below /etc/xen.</summary>
    public Fact<IReadOnlyList<XenGuestConfig>> Guests { get; init; } = Fact<IReadOnlyList<XenGuestConfig>>.None;

    /// <summary>The machine has xend's configuration (Xen before 4.5), whose xm takes numbers where xl takes names.</summary>
    public Fact<bool> HasXend { get; init; } = Fact<bool>.None;

    /// <summary>/proc/sys/xen/independent_wallclock of old XenLinux kernels.</summary>
    public Fact<string> IndependentWallclock { get; init; } = Fact<string>.None;

    /// <summary>Lines that set xen.independent_wallclock in sysctl.conf or sysctl.d, as FILE:LINE.</summary>
    public Fact<IReadOnlyList<string>> IndependentWallclockSettings { get; init; } = Fact<IReadOnlyList<string>>.None;
}

/// <summary>One xl or xm guest configuration.</summary>
/// <param name="TscMode">The value of tsc_mode as written, or null.</param>
public sealed record XenGuestConfig(string File, string Name, string? TscMode, bool? NoMigrate);
