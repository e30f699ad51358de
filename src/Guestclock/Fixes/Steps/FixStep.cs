namespace Guestclock.Fixes.Steps;

/// <summary>
/// One change of a plan, as data: what <c>--dry-run</c> prints is what applying performs. The set of kinds is closed: <see cref="FileStep"/>,
/// <see cref="LinkStep"/>, <see cref="ValueStep"/>, <see cref="ModuleStep"/>, <see cref="ProgramStep"/>, <see cref="DomainStep"/>.
/// </summary>
public abstract record FixStep
{
    /// <summary>When it is performed: files first, then what is generated from them, then tests of both, then what brings them to life.</summary>
    public abstract StepPhase Phase { get; init; }

    /// <summary>When it shows.</summary>
    public Effect Effect { get; init; }

    /// <summary>What it may do besides.</summary>
    public Risk Risk { get; init; }

    /// <summary>Why it is made, one for each finding that asks for it.</summary>
    public IReadOnlyList<Reason> Reasons { get; init; } = [];

    /// <summary>Two steps with the same key are one step: a service is restarted once, however many of its files change.</summary>
    public abstract string Key { get; }

    /// <summary>It changes the running machine, not its files: there is none on an image.</summary>
    public abstract bool NeedsRunningMachine { get; }
}

/// <summary>Why a step is made.</summary>
/// <param name="CheckId">The check whose finding it repairs.</param>
/// <param name="Text">One sentence without a full stop.</param>
public sealed record Reason(string CheckId, string Text);
