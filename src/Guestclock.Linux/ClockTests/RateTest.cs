using Guestclock.Facts;
using Guestclock.Machines;
using Guestclock.Probes;
using Guestclock.Trials.Clocks;
using Guestclock.Trials.Clocks.Evidence;

namespace Guestclock.Linux.ClockTests;

/// <summary>Rates from the beginning of a run to its end. Everything is taken on one CPU.</summary>
internal sealed class RateTest : IDisposable
{
    /// <summary>A page that only looks like a pvclock structure is told by a rate that no clock has.</summary>
    private const double MostPpm = 10_000;

    private const string Source = "CLOCK_MONOTONIC_RAW";

    private readonly int _cpu;
    private readonly IMachine _machine;
    private readonly bool _hasTsc = TscClock.Refusal() is null;
    private readonly Fact<PvClockMapping> _page;
    private readonly Steering _steering;
    private readonly long _startNs;
    private readonly RateEnd? _start;
    private bool _isLeftBehind;

    /// <param name="all">Whether rates are wanted; else only the TSC's frequency may be asked for.</param>
    public RateTest(int cpu, bool all, IMachine machine)
    {
        (_cpu, _machine, _steering) = (cpu, machine, new(machine));
        _page = all ? PvClockMapping.Find() : Fact<PvClockMapping>.None;
        _startNs = new KernelClock(ClockId.MonotonicRaw).Read();
        Look();
        _start = Take();
    }

    /// <summary>Since the beginning.</summary>
    public long SpanNs => new KernelClock(ClockId.MonotonicRaw).Read() - _startNs;

    /// <summary>Looks at how the clock is steered now.</summary>
    public void Look() => _steering.Look();

    /// <summary>What the TSC has counted in a nanosecond since the beginning; null where it cannot be read.</summary>
    public double? TscCyclesPerNs() =>
        _start?.Tsc is { } start && Take()?.Tsc is { } end ? Bracket.Ratio(start, end, _start.RawStepNs)?.Ratio : null;

    /// <summary>Adds the rates.</summary>
    public ClocksEvidence End(ClocksEvidence evidence)
    {
        Look();
        if (_start is not { } start || Take() is not { } end)
            return evidence;
        return evidence with { MonotonicRate = Monotonic(start, end), TscRate = Tsc(start, end), KvmClockRate = KvmClock(start, end) };
    }

    /// <summary>A thread that did not come to an end may still use the pipe; it must not find another file there.</summary>
    public void Dispose()
    {
        if (!_isLeftBehind)
            _page.Value?.Dispose();
    }

    private RateEnd? Take()
    {
        var end = RateEnd.Take(_cpu, _hasTsc, _page.Value);
        _isLeftBehind |= end is null;
        return end;
    }

    private static Fact<T> TooShort<T>() => Fact.Unknown<T>(FactState.Failed, Source, "too little time passed between the readings");

    private Fact<RateReading> Monotonic(RateEnd start, RateEnd end) =>
        Bracket.Rate(start.Monotonic, end.Monotonic, end.RawStepNs, end.RawStepNs) is { } rate
            ? Fact.Known(rate with { LeastExpectedPpm = _steering.LeastPpm, MostExpectedPpm = _steering.MostPpm }, Source) : TooShort<RateReading>();

    private Fact<TscRate> Tsc(RateEnd start, RateEnd end)
    {
        if (TscClock.Refusal() is { } why)
            return Fact.Unknown<TscRate>(TscClock.IsThere ? FactState.Failed : FactState.Unsupported, Source, why);
        if (start.Tsc is not { } first || end.Tsc is not { } last || Bracket.Ratio(first, last, end.RawStepNs) is not var (ratio, bound))
            return TooShort<TscRate>();
        return Fact.Known(new TscRate(last.BeforeNs - first.BeforeNs, ratio * 1e6, bound * 1e6, StatedKhz(end)), Source);
    }

    /// <summary>By the kernel or CPUID, or by the host in the structure of kvm-clock, which no log can lose.</summary>
    private long? StatedKhz(RateEnd end) => CpuProbe.Gather(_machine).TscKhz.TryGet(out var khz) && khz > 0 ? khz
        : _page.Is(p => p.IsNamed) && end.Page?.TscKhz() is > 0 and var hosts ? (long)Math.Round(hosts) : null;

    private Fact<RateReading> KvmClock(RateEnd start, RateEnd end)
    {
        if (!_page.TryGet(out var page))
            return Fact.Unknown<RateReading>(_page.State, _page.Source, _page.Why ?? "not known");
        if (!_hasTsc)
            return Fact.Unknown<RateReading>(FactState.Failed, _page.Source, TscClock.Refusal()!);
        if (start.KvmClock is not { } first || end.KvmClock is not { } last)
            return Fact.Unknown<RateReading>(FactState.Failed, _page.Source, "the pvclock structure changed whenever it was read");
        if (end.Page is { IsStable: false } && _cpu != 0)
            return Fact.Unknown<RateReading>(FactState.Failed, _page.Source, "the structure is that of CPU 0 alone, on which this process may not run");
        if (Bracket.Rate(first, last, end.RawStepNs, 2) is not { } rate)
            return TooShort<RateReading>();
        return page.IsNamed || Math.Abs(rate.ErrorPpm) < MostPpm ? Fact.Known(rate, _page.Source)
            : Fact.Missing<RateReading>(_page.Source, "no pvclock page is visible");
    }
}
