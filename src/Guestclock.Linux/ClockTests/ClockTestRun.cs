using Guestclock.Facts;
using Guestclock.Linux.Native;
using Guestclock.Machines;
using Guestclock.Probes;
using Guestclock.Trials.Clocks;
using Guestclock.Trials.Clocks.Evidence;

namespace Guestclock.Linux.ClockTests;

/// <summary>
/// Tests the clocks of the running machine for a bounded time. It only reads: no clock is set, no device is changed, no root is needed.
/// While it runs, it keeps all CPUs of this process busy for about two thirds of the time.
/// </summary>
/// <param name="machine">The running machine, read anew each time.</param>
/// <param name="progress">Told what begins and how long all takes yet, for people who wait.</param>
public sealed class ClockTestRun(ClockParts parts, TimeSpan duration, IMachine machine, IProgress<string> progress)
{
    private const double StepWeight = 35;
    private const double CostWeight = 15;
    private const double TimerWeight = 20;
    private const double StallWeight = 30;

    private CancellationToken _cancellation;
    private IReadOnlyList<int> _cpus = [];
    private TimeShares _time = new(default, 0);

    /// <summary>Cancelled, it ends at once with what was learnt until then.</summary>
    public ClocksEvidence Run(CancellationToken cancellationToken)
    {
        _cancellation = cancellationToken;
        Prepare();
        _time = new(duration, Weights(parts));
        var evidence = new ClocksEvidence { ClockSource = ClockProbe.Gather(machine).CurrentSource };
        var allowed = CpuSet.Allowed();
        _cpus = Usable(allowed);
        evidence = evidence with { Cpus = _cpus };
        if (_cpus.Count == 0)
            return evidence with { Clocks = [.. ClockId.All.Select(c => Unread(c.Name, c.Kind, "no thread could be kept on one CPU"))] };
        using var rates = new RateTest(_cpus[0], parts.HasFlag(ClockParts.Rates), machine);
        evidence = parts.HasFlag(ClockParts.Rtc) ? WithRtc(evidence, rates) : Measured(evidence, rates);
        if (parts.HasFlag(ClockParts.Rates))
        {
            Begins("rates");
            cancellationToken.WaitHandle.WaitOne(_time.Remaining);
            evidence = rates.End(evidence);
        }

        return evidence with { SpanNs = rates.SpanNs, IsInterrupted = cancellationToken.IsCancellationRequested };
    }

    /// <summary>On a slow machine the compiler would else take the time of what is measured first.</summary>
    private static void Prepare()
    {
        var over = new Stop();
        over.Set();
        StepTests.Prepare(over);
        CostTests.Prepare();
        StallTests.Prepare(over);
    }

    private ClocksEvidence WithRtc(ClocksEvidence evidence, RateTest rates)
    {
        Begins("the RTC's first edge");
        using var rtc = RtcTest.Begin(duration, _cancellation);
        _time.Reserved = rtc.EndTime;
        evidence = Measured(evidence, rates);
        if (parts == ClockParts.Rtc)
            _cancellation.WaitHandle.WaitOne(_time.Remaining);
        _time.Reserved = TimeSpan.Zero;
        Begins("the RTC's last edge");
        return evidence with { Rtc = rtc.End(_cancellation) };
    }

    private void Begins(string what) => progress.Report($"{what}, {_time.Remaining.TotalSeconds:0} s left");

    private static double Weights(ClockParts parts) => (parts.HasFlag(ClockParts.Steps) ? StepWeight : 0) + (parts.HasFlag(ClockParts.Costs) ? CostWeight : 0)
        + (parts.HasFlag(ClockParts.Timers) ? TimerWeight : 0) + (parts.HasFlag(ClockParts.Stalls) ? StallWeight : 0);

    private static IReadOnlyList<int> Usable(IReadOnlyList<int> allowed)
    {
        var isThere = PinnedThreads.Run(allowed, TimeSpan.FromSeconds(1), (_, _) => "", CancellationToken.None);
        return [.. allowed.Where((_, i) => isThere[i] is not null)];
    }

    private static ClockReading Unread(string name, ClockKind kind, string why) => new(name, kind) { Why = why };

    private ClocksEvidence Measured(ClocksEvidence evidence, RateTest rates)
    {
        using var quiet = new QuietRuntime();
        var clocks = Clocks();
        if (parts.HasFlag(ClockParts.Steps))
            clocks = Steps(clocks, rates);
        rates.Look();
        if (parts.HasFlag(ClockParts.Costs))
            (clocks, evidence) = Costs(clocks, evidence);
        rates.Look();
        evidence = evidence with { Clocks = clocks };
        if (parts.HasFlag(ClockParts.Timers))
            evidence = evidence with { Timers = Part("timers", TimerWeight, time => new TimerTests(_cpus, _cancellation).Run(time)) };
        rates.Look();
        if (!parts.HasFlag(ClockParts.Stalls))
            return evidence;
        var before = ClockProbe.Steal(machine);
        evidence = evidence with { Stalls = Part("stalls", StallWeight, time => new StallTests(_cpus, _cancellation).Run(time)) };
        return evidence with { Steal = StealTest.Between(before, ClockProbe.Steal(machine)) };
    }

    private Fact<T> Part<T>(string name, double weight, Func<TimeSpan, Fact<T>> measure)
    {
        if (_cancellation.IsCancellationRequested)
            return Fact.Unknown<T>(FactState.Failed, name, "it was interrupted before that");
        Begins(name);
        return measure(_time.Take(weight));
    }

    private static List<ClockReading> Clocks()
    {
        var clocks = ClockId.All.Select(id => KernelClock.Refusal(id.Number, out var resolution) is { } why
            ? Unread(id.Name, id.Kind, why)
            : new ClockReading(id.Name, id.Kind) { IsCoarse = id.IsCoarse, ResolutionNs = resolution }).ToList();
        if (TscClock.IsThere)
            clocks.Add(new(TscSynchronized.Counter, ClockKind.Counter) { Why = TscClock.Refusal() });
        return clocks;
    }

    private List<ClockReading> Steps(List<ClockReading> clocks, RateTest rates)
    {
        var tests = new StepTests(_cpus, _cancellation);
        var each = StepWeight / Math.Max(1, clocks.Count(c => c.Why is null));
        return [.. clocks.Select(clock =>
        {
            if (clock.Why is not null || _cancellation.IsCancellationRequested)
                return clock;
            Begins($"steps of {clock.Name}");
            rates.Look();
            var time = _time.Take(each);
            return clock with { Steps = IdOf(clock) is { } id ? tests.OfKernelClock(id, time) : tests.OfTsc(time, () => rates.TscCyclesPerNs()) };
        })];
    }

    private (List<ClockReading> Clocks, ClocksEvidence Evidence) Costs(List<ClockReading> clocks, ClocksEvidence evidence)
    {
        Begins("costs of reads");
        TimedRead[] plain = [.. clocks.Where(c => c.Why is null).Select(c => IdOf(c) is { } id ? new TimedRead(ReadingWay.Library, id.Number) : new TimedRead(ReadingWay.Tsc, 0))];
        TimedRead[] calls = CostTests.SystemCallNumber == 0 ? []
            : [new(ReadingWay.SystemCall, CostTests.NoClock), .. plain.Where(r => r.Way == ReadingWay.Library).Select(r => r with { Way = ReadingWay.SystemCall })];
        TimedRead[] all = [.. plain, .. calls];
        var alone = CostTests.Run(all, [_cpus[0]], _time.Take(CostWeight * 2 / 3), _cancellation);
        var loaded = CostTests.Run(plain, _cpus, _time.Take(CostWeight / 3), _cancellation);
        evidence = evidence with
        {
            EmptySystemCallNs = CostOf(new(ReadingWay.SystemCall, CostTests.NoClock)) is { } ns ? Fact.Known(ns, "clock_gettime")
                : Fact.Unknown<double>(FactState.Failed, "clock_gettime", "it was not measured"),
        };
        return ([.. clocks.Select(clock =>
        {
            var read = IdOf(clock) is { } id ? new TimedRead(ReadingWay.Library, id.Number) : new TimedRead(ReadingWay.Tsc, 0);
            return clock.Why is not null || CostOf(read) is not { } cost ? clock
                : clock with { Cost = new(cost) { SystemCallNs = CostOf(read with { Way = ReadingWay.SystemCall }), LoadedNs = loaded[Array.IndexOf(plain, read)] } };
        })], evidence);

        double? CostOf(TimedRead read) => Array.IndexOf(all, read) is >= 0 and var at ? alone[at] : null;
    }

    private static ClockId? IdOf(ClockReading clock) => ClockId.All.FirstOrDefault(c => c.Name == clock.Name);
}
