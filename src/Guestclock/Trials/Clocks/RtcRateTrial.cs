using Guestclock.Checks;
using Guestclock.Trials.Clocks.Evidence;

namespace Guestclock.Trials.Clocks;

/// <summary><c>rtc-rate</c>: the battery-backed clock, by the instants at which its second changes.</summary>
public sealed class RtcRateTrial : ClockTrial
{
    public override string Id => "rtc-rate";

    public override string Title => "The RTC runs at the right rate";

    public override ClockParts Needs => ClockParts.Rtc;

    public override TrialFinding Judge(ClocksEvidence evidence, Policy policy)
    {
        if (!evidence.Rtc.TryGet(out var rtc))
            return NotKnown(evidence.Rtc, "the rate of the RTC is not known");
        Figure[] figures = [new("rate-error", rtc.ErrorPpm, "ppm", rtc.BoundPpm), new("edges", rtc.Edges, "")];
        var summary = $"{rtc.Device} runs {Ppm.Of(rtc.ErrorPpm, rtc.BoundPpm)} from CLOCK_MONOTONIC_RAW, by {rtc.Edges} edges";
        return Ppm.Judge(summary, rtc.ErrorPpm, rtc.BoundPpm, policy,
            new("after a power-off the clock starts wrong by as much for each second that passed; an emulated RTC follows the host's clock"), figures);
    }
}
