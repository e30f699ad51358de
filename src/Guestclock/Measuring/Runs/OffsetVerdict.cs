using Guestclock.Checks;
using Guestclock.Discipline;
using Guestclock.Judging;
using Guestclock.Units;

namespace Guestclock.Measuring.Runs;

/// <summary>Whether an offset keeps to the policy; the number of <see cref="Status"/> is the exit code.</summary>
/// <param name="Sentence">Why, without a full stop.</param>
public sealed record OffsetVerdict(VerdictStatus Status, string Sentence)
{
    /// <summary>
    /// Critical and warning only where the offset is surely beyond the limit, or probably beyond it with a bound that is smaller than the limit; ok only where it is
    /// surely or probably within; unknown where the bound is too large to tell.
    /// </summary>
    /// <param name="offset">The last one; null where there was no sample.</param>
    public static OffsetVerdict Of(ClockOffset? offset, Policy policy)
    {
        if (offset is not { } known)
            return new(VerdictStatus.Unknown, "there is no sample");
        var (warning, critical) = (policy.OffsetWarning, policy.OffsetCritical);
        var offNs = Math.Abs(known.OffsetNs);
        if (known.LeastNs > critical.Value)
            return new(VerdictStatus.Critical, $"off by {Surely(known)}; critical above {critical}");
        if (known.LeastNs > warning.Value)
            return new(VerdictStatus.Warning, $"off by {Surely(known)}; warning above {warning}");
        if (known.WorstNs <= warning.Value)
            return new(VerdictStatus.Ok, $"within {warning}: |offset| + bound is {new Nanoseconds(known.WorstNs)}");
        if (known.BoundNs > warning.Value)
            return new(VerdictStatus.Unknown, $"the bound of {known.Bound} is too large to tell whether it is within {warning}");
        return offNs > warning.Value
            ? new(VerdictStatus.Warning, $"probably off by more than {warning}: {Range(known)}")
            : new(VerdictStatus.Ok, $"probably within {warning}: {Range(known)}");
    }

    private static string Surely(ClockOffset offset) => offset.BoundNs * 10 < Math.Abs(offset.OffsetNs)
        ? $"{offset.Offset.Magnitude}" : $"at least {new Nanoseconds(offset.LeastNs)}";

    private static string Range(ClockOffset offset) => $"between {new Nanoseconds(offset.LeastNs)} and {new Nanoseconds(offset.WorstNs)}";
}
