using Guestclock.Lab.Results;

namespace Guestclock.Lab.Sessions;

/// <summary>When there is nothing more to see.</summary>
public static class Settled
{
    /// <summary>For how long the error has stayed below 1 ms by then.</summary>
    public const long QuietNs = 4_000_000_000;

    /// <param name="isMethodDone">A method that is still at work may yet change its mind.</param>
    public static bool Is(IReadOnlyList<RefereeSample> samples, bool isMethodDone) =>
        isMethodDone && samples.Count > 0 && SampleStatistics.StaysBelow(samples, RunResult.Limit1Ns) is { } since
        && samples[^1].SinceBreakNs - since >= QuietNs;
}
