using Guestclock.Facts;
using Guestclock.Trials.Clocks.Evidence;

namespace Guestclock.Linux.ClockTests;

/// <summary>What was stolen between two readings of /proc/stat.</summary>
internal static class StealTest
{
    public static Fact<StealReading> Between(Fact<StealTime> before, Fact<StealTime> after)
    {
        if (!before.TryGet(out var first) || !after.TryGet(out var last))
        {
            var unknown = before.IsKnown ? after : before;
            return Fact.Unknown<StealReading>(unknown.State, unknown.Source, unknown.Why ?? "not known");
        }

        var (stolen, total) = (last.StealTicks - first.StealTicks, last.TotalTicks - first.TotalTicks);
        return total > 0 && stolen >= 0 && stolen <= total
            ? Fact.Known(new StealReading(100.0 * stolen / total, 100.0 / total), after.Source)
            : Fact.Unknown<StealReading>(FactState.Failed, after.Source, "too little time passed for the kernel's counters");
    }
}
