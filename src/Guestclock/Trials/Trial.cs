using Guestclock.Checks;

namespace Guestclock.Trials;

/// <summary>One property of a clock that was tested: evidence and a policy in, a finding out. Pure; one file, one table test, one line in a catalogue.</summary>
public abstract class Trial<TEvidence>
{
    /// <summary>Frozen.</summary>
    public abstract string Id { get; }

    /// <summary>What holds when it passes, as a short sentence without a full stop.</summary>
    public abstract string Title { get; }

    /// <summary>A property that must be known before the whole may be called sound.</summary>
    public virtual bool IsEssential => false;

    public abstract TrialFinding Judge(TEvidence evidence, Policy policy);
}

/// <summary>A tested property with its finding.</summary>
public sealed record JudgedTrial(string Id, string Title, bool IsEssential, TrialFinding Finding);
