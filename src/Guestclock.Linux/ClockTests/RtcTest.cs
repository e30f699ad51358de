using Guestclock.Facts;
using Guestclock.Linux.References;
using Guestclock.Measuring;
using Guestclock.Trials.Clocks;
using Guestclock.Trials.Clocks.Evidence;

namespace Guestclock.Linux.ClockTests;

/// <summary>The RTC's rate from an update edge at the beginning of a run to one at its end.</summary>
internal sealed class RtcTest : IDisposable
{
    private const string Source = "RTC";

    /// <summary>An edge comes once a second; the first one is waited for twice.</summary>
    private static readonly TimeSpan OneEdge = TimeSpan.FromSeconds(1.3);

    private readonly RtcReference? _rtc;
    private readonly OffsetSample? _first;
    private readonly Fact<RtcRate> _why = Fact<RtcRate>.None;

    private RtcTest(Fact<RtcRate> why) => _why = why;

    private RtcTest(RtcReference rtc, OffsetSample first) => (_rtc, _first) = (rtc, first);

    /// <summary>What must be left for the end.</summary>
    public TimeSpan EndTime => _first is null ? TimeSpan.Zero : OneEdge;

    /// <summary>Waits for the first edge.</summary>
    public static RtcTest Begin(TimeSpan duration, CancellationToken cancellationToken)
    {
        RtcReference? rtc = null;
        try
        {
            rtc = RtcReference.Open("");
            if (duration < 4 * OneEdge)
                return new(Fact.Unknown<RtcRate>(FactState.Failed, Source, $"an RTC has one edge a second: its rate needs a --duration of {4 * OneEdge.TotalSeconds:0.#} s or more"));
            var reading = rtc.ReadAsync(cancellationToken).GetAwaiter().GetResult();
            if (reading.Sample is not { } first)
                return new(Fact.Unknown<RtcRate>(FactState.Failed, Source, reading.Problem ?? "it gave no edge"));
            var test = new RtcTest(rtc, first);
            rtc = null;
            return test;
        }
        catch (ReferenceException e)
        {
            return new(Fact.Missing<RtcRate>(Source, e.Message));
        }
        finally
        {
            rtc?.Dispose();
        }
    }

    /// <summary>Waits for the last edge.</summary>
    public Fact<RtcRate> End(CancellationToken cancellationToken)
    {
        if (_rtc is null || _first is null)
            return _why;
        var reading = _rtc.ReadAsync(cancellationToken).GetAwaiter().GetResult();
        return reading.Sample is { } last ? Between(_rtc.Pair.Reference, _first, last)
            : Fact.Unknown<RtcRate>(FactState.Failed, Source, reading.Problem ?? "it gave no edge");
    }

    public void Dispose() => _rtc?.Dispose();

    /// <summary>An edge is a whole second of the RTC, somewhere in the interval in which it must have been.</summary>
    internal static Fact<RtcRate> Between(string device, OffsetSample first, OffsetSample last) =>
        Bracket.Rate(EdgeOf(first), EdgeOf(last), 1, 0) is { } rate
            ? Fact.Known(new RtcRate(device, 2, rate.SpanNs, rate.ErrorPpm, rate.BoundPpm), Source)
            : Fact.Unknown<RtcRate>(FactState.Failed, Source, "too little time passed between two edges");

    private static Bracket EdgeOf(OffsetSample edge)
    {
        var earliest = edge.AtRawNs - (edge.DelayNs / 2);
        return new(earliest, edge.AtUnixNs - edge.OffsetNs, earliest + edge.DelayNs);
    }
}
