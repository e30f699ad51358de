using Guestclock.Measuring;
using Guestclock.Measuring.Runs;

namespace Guestclock.Reports.Measure;

/// <summary>A step in a sentence without a full stop.</summary>
public static class StepText
{
    public static string Of(ClockStep step, MeasuredPair pair)
    {
        var size = OffsetText.Of(step.SizeNs, step.BoundNs);
        var isOwn = pair.Clock == MeasuredPair.SystemClock;
        return (step.Cause, isOwn) switch
        {
            (StepCause.SystemClock, true) => $"the system clock was stepped or slewed by {size}",
            (StepCause.SystemClock, false) => $"the offset changed by {size}, since this machine's system clock was stepped or slewed",
            (_, true) => $"the offset changed by {size}, and not by a step of the system clock: the reference jumped, or this machine stood still",
            _ when step.SizeNs < 0 => $"{pair.Clock} fell back by {OffsetText.Of(-step.SizeNs, step.BoundNs)[1..]}: it was paused, or its clock was set back",
            _ => $"{pair.Clock} jumped ahead by {size[1..]}",
        };
    }
}
