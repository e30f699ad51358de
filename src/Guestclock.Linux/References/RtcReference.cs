using System.Diagnostics;
using System.Runtime.InteropServices;
using Guestclock.Linux.Live;
using Guestclock.Linux.Machines;
using Guestclock.Linux.Native;
using Guestclock.Measuring;

namespace Guestclock.Linux.References;

/// <summary>
/// The system clock against an RTC, by the edge at which it begins a second: the RTC is read again and again across the edge, which the update
/// interrupt, where there is one, and later the edge before tell to expect.
/// </summary>
public sealed class RtcReference : IReference
{
    private static readonly TimeSpan SecondAndMore = TimeSpan.FromSeconds(1.2);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>How long before an expected edge the RTC is read all the time, and for each second since the edge before.</summary>
    private const long LeadNs = 5_000_000;
    private const long LeadPerSecondNs = 1_000_000;
    private const long SecondNs = 1_000_000_000;

    private readonly IRtcClock _clock;
    private readonly BlockingReader _reader;

    /// <summary>When an edge was, about, by CLOCK_MONOTONIC_RAW.</summary>
    private long? _edgeNs;

    private readonly RtcHold _hold = new();

    private RtcEdge? _last;
    private bool _hasInterrupt = true;

    /// <param name="clock">What is read; a test's own.</param>
    internal RtcReference(IRtcClock clock, string name, IReadOnlyList<string> remarks)
    {
        _clock = clock;
        _reader = new(name, Limit, clock.Dispose);
        Pair = new("system clock", name, $"by the edge of a second: {clock.Name} before and after it", remarks);
    }

    public MeasuredPair Pair { get; private set; }

    /// <summary>An RTC has one edge a second.</summary>
    public TimeSpan LeastInterval => TimeSpan.FromSeconds(1);

    /// <param name="device">Empty for the one that the kernel set its clock from at boot; else <c>rtc1</c> or <c>/dev/rtc1</c>.</param>
    public static RtcReference Open(string device)
    {
        var machine = new LiveMachine([]);
        var name = RtcDevices.Find(machine, device);
        var clock = RtcDevices.Open(name, out var remark);
        return new(clock, $"RTC {name}", RtcDevices.Remarks(machine, name, remark));
    }

    public Task<OffsetReading> ReadAsync(CancellationToken cancellationToken) => _reader.ReadAsync(Read, cancellationToken);

    public void Dispose() => _reader.Dispose();

    private OffsetReading Read()
    {
        if (_edgeNs is null && FindEdge() is { } reading)
            return reading;
        SleepUntilEdge();
        var (edge, span, problem) = Across(TimeSpan.Zero);
        _edgeNs = edge?.RawNs;
        if (edge is not { } found)
            return problem!;
        var judged = found.Judge(span, _last);
        _last = found;
        return judged;
    }

    /// <summary>Waits for an edge of which nothing is known; null when it came.</summary>
    private OffsetReading? FindEdge()
    {
        if (_hasInterrupt && _clock.WaitForUpdate(SecondAndMore))
        {
            _edgeNs = Clocks.MonotonicRawNs();
            Pair = Pair with { Method = $"by the edge of a second: the update interrupt (RTC_UIE) tells when to expect it, {_clock.Name} before and after it bounds it" };
            return null;
        }

        _hasInterrupt = false;
        Pair = Pair with { Method = $"by the edge of a second: {_clock.Name} before and after it bounds it; there is no update interrupt" };
        var (edge, _, problem) = Across(TimeSpan.FromMilliseconds(2));
        _edgeNs = edge?.RawNs;
        return problem;
    }

    private void SleepUntilEdge()
    {
        var (now, edge) = (Clocks.MonotonicRawNs(), _edgeNs!.Value);
        var seconds = ((now - edge) / SecondNs) + 1;
        var lead = Math.Min(LeadNs + (seconds * LeadPerSecondNs), SecondNs / 2);
        var wait = edge + (seconds * SecondNs) - lead - now;
        if (wait > 0)
            Thread.Sleep(TimeSpan.FromMicroseconds(wait / 1000));
    }

    /// <summary>Reads until the second changes; without an edge there is a problem.</summary>
    /// <returns>The edge, and the clocks of this machine before the last reading of the old second and after the first one of the new.</returns>
    private (RtcEdge? Edge, ClockSpan Span, OffsetReading? Problem) Across(TimeSpan pause)
    {
        (ClockTriple Clocks, RtcSecond Second)? last = null;
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var clocks = ClockTriples.Read();
            var errno = _clock.Read(out var seconds);
            if (errno != 0 || seconds is null)
                return (null, default, Failed(errno));
            var next = new RtcSecond(clocks.RawBeforeNs, seconds.Value, Clocks.MonotonicRawNs());
            string? problem = null;
            if (last is var (before, second) && RtcEdge.Between(second, next, out problem) is { } edge)
                return (_hold.Tighten(second, next, edge), new(before, ClockTriples.Read()), null);
            if (problem is null && Stopwatch.GetElapsedTime(started) > SecondAndMore)
                problem = "the RTC stands still: its second did not change for more than a second";
            if (problem is not null)
                return (null, default, OffsetReading.None(problem));
            last = (clocks, next);
            if (pause > TimeSpan.Zero)
                Thread.Sleep(pause);
        }
    }

    private static OffsetReading Failed(int errno) => errno switch
    {
        0 => OffsetReading.None("the RTC holds no date"),
        Errno.NoDevice or Errno.NoSuchDevice => OffsetReading.None("the RTC was removed", isFinal: true),
        _ => OffsetReading.None($"the RTC cannot be read: {Marshal.GetPInvokeErrorMessage(errno)} (errno {errno})"),
    };
}
