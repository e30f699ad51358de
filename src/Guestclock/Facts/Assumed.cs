namespace Guestclock.Facts;

/// <summary>Values of <c>--assume KEY=VALUE</c> that no other fact can hold; null where nothing was said.</summary>
public sealed record Assumed
{
    /// <summary><c>host-constant-tsc</c>: whether the CPUs of the guest's host have a constant TSC.</summary>
    public bool? HostConstantTsc { get; init; }

    /// <summary><c>pauses</c>: whether the machine may be paused, restored or migrated.</summary>
    public bool? Pauses { get; init; }

    /// <summary><c>pv-clock</c>: whether the guest's hypervisor offers a paravirtualised clock to it.</summary>
    public bool? PvClock { get; init; }

    /// <summary>Every assumption as it was given, in order, for the report.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> All { get; init; } = [];
}
