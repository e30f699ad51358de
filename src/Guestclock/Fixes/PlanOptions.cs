using Guestclock.Checks;

namespace Guestclock.Fixes;

/// <summary>What a user asks of a plan.</summary>
public sealed record PlanOptions
{
    /// <summary>Which checks' findings are repaired; null: all.</summary>
    public Func<Check, bool>? Chosen { get; init; }

    /// <summary>The checks that the user named in full: their risky steps are taken, and repairs of what is only worth knowing.</summary>
    public IReadOnlySet<string> Named { get; init; } = new HashSet<string>();

    /// <summary>Only files change; the running machine follows at its next boot.</summary>
    public bool NoActivate { get; init; }

    /// <summary>Only boot files, and those beside the live ones, as NAME.kvm.</summary>
    public bool Aside { get; init; }
}
