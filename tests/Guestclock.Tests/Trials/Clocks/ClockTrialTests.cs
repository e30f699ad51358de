using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Judging;
using Guestclock.Testing;
using Guestclock.Trials;
using Guestclock.Trials.Clocks;
using Guestclock.Trials.Clocks.Evidence;
using static Guestclock.Tests.Trials.Clocks.SoundClocks;

namespace Guestclock.Tests.Trials.Clocks;

/// <summary>One row of a property's table.</summary>
/// <param name="Says">A text that the summary, the reason, a figure's name or the meaning must contain.</param>
public sealed record TrialRow(string Id, string Name, ClocksEvidence Evidence, CheckStatus Status, string Says)
{
    public Policy Policy { get; init; } = Policy.Default;

    public override string ToString() => $"{Id}: {Name}";
}

public class ClockTrialTests
{
    public static TheoryData<TrialRow> Rows =>
    [
        new TrialRow("clocks-monotonic", "sound", Evidence, CheckStatus.Pass, "4 clocks never went back in 4 million reads"),
        new TrialRow("clocks-monotonic", "a steady clock went back", Back("CLOCK_MONOTONIC", 5), CheckStatus.Critical, "CLOCK_MONOTONIC went back by up to 5 ns on one CPU"),
        new TrialRow("clocks-monotonic", "the time of day went back though nobody set it", Back("CLOCK_REALTIME", 2_000_000), CheckStatus.Critical, "2.00 ms"),
        new TrialRow("clocks-monotonic", "a coarse clock went back", Back("CLOCK_MONOTONIC_COARSE", 4_000_000), CheckStatus.Critical, "CLOCK_MONOTONIC_COARSE"),
        new TrialRow("clocks-monotonic", "the time of day was set back", With("CLOCK_REALTIME", c => c with { Steps = Steps with { BackSteps = 1, WorstBackNs = 1_000_000_000, WasSet = true } }),
            CheckStatus.Pass, "CLOCK_REALTIME was set meanwhile and is not judged"),
        new TrialRow("clocks-monotonic", "CPU time went back", Back("CLOCK_THREAD_CPUTIME_ID", 7), CheckStatus.Info, "CPU time, no clock"),
        new TrialRow("clocks-monotonic", "the TSC is judged elsewhere", Back("TSC", 7), CheckStatus.Pass, "never went back"),
        new TrialRow("clocks-monotonic", "interrupted", With("CLOCK_MONOTONIC", c => c with { Steps = null }), CheckStatus.Unknown, "CLOCK_MONOTONIC was not read before the run ended"),
        new TrialRow("clocks-monotonic", "interrupted after one went back", Evidence with { Clocks = [.. Back("CLOCK_REALTIME", 9).Clocks, Clock("CLOCK_TAI", ClockKind.Wall) with { Steps = null }] },
            CheckStatus.Critical, "9 ns"),
        new TrialRow("clocks-monotonic", "nothing was read", Evidence with { Clocks = [] }, CheckStatus.Unknown, "no clock was read"),

        new TrialRow("clocks-monotonic-across-cpus", "sound", Evidence, CheckStatus.Pass, "3 clocks never went back between 2 CPUs in 1.2 million reads; differences below 25 ns cannot be seen"),
        new TrialRow("clocks-monotonic-across-cpus", "one CPU is behind", CrossBack("CLOCK_MONOTONIC", 300), CheckStatus.Critical, "CLOCK_MONOTONIC went back by up to 300 ns from one CPU to another"),
        new TrialRow("clocks-monotonic-across-cpus", "set meanwhile", With("CLOCK_REALTIME", c => c with { Steps = Steps with { CrossBackSteps = 9, WorstCrossBackNs = 9, WasSet = true } }), CheckStatus.Pass, "not judged"),
        new TrialRow("clocks-monotonic-across-cpus", "CPU time does not count", CrossBack("CLOCK_THREAD_CPUTIME_ID", 300), CheckStatus.Pass, "never"),
        new TrialRow("clocks-monotonic-across-cpus", "interrupted", With("CLOCK_MONOTONIC", c => c with { Steps = null }), CheckStatus.Unknown, "CLOCK_MONOTONIC was not read"),
        new TrialRow("clocks-monotonic-across-cpus", "all were set", WithAll(c => c.Kind == ClockKind.Wall ? c with { Steps = Steps with { WasSet = true } } : c with { Why = "?", Steps = null }),
            CheckStatus.Unknown, "CLOCK_REALTIME was set meanwhile"),
        new TrialRow("clocks-monotonic-across-cpus", "the CPUs hardly ran at the same time", WithAll(c => c.Steps is null ? c : c with { Steps = Steps with { CrossReads = 5 } }),
            CheckStatus.Unknown, "only 15 readings followed one of another CPU"),
        new TrialRow("clocks-monotonic-across-cpus", "one CPU", Evidence with { Cpus = [3] }, CheckStatus.NotApplicable, "one CPU only"),
        new TrialRow("clocks-monotonic-across-cpus", "the others never ran", WithAll(c => c.Steps is null ? c : c with { Steps = Steps with { CrossReads = 0 } }), CheckStatus.Unknown, "no reading of one CPU followed one of another"),

        new TrialRow("tsc-synchronized", "sound", Evidence, CheckStatus.Pass, "differences below 25 ns cannot be seen"),
        new TrialRow("tsc-synchronized", "behind, and the kernel uses it", CrossBack("TSC", 900) with { ClockSource = Some.Known("tsc") }, CheckStatus.Critical, "behind another's by 900 ns or more"),
        new TrialRow("tsc-synchronized", "behind, and the kernel does not use it", CrossBack("TSC", 900), CheckStatus.Warning, "the kernel reads kvm-clock instead"),
        new TrialRow("tsc-synchronized", "back on one CPU", Back("TSC", 30), CheckStatus.Warning, "went back by 30 ns on one CPU"),
        new TrialRow("tsc-synchronized", "hardly compared", With("TSC", c => c with { Steps = Steps with { CrossReads = 17 } }), CheckStatus.Unknown, "only 17 readings"),
        new TrialRow("tsc-synchronized", "one CPU", With("TSC", c => c with { Steps = Steps with { CrossReads = 0, LeastCrossGapNs = null } }) with { Cpus = [1] }, CheckStatus.Pass, "on its CPU"),
        new TrialRow("tsc-synchronized", "arm64", Evidence with { Clocks = [.. Evidence.Clocks.Where(c => c.Name != "TSC")] }, CheckStatus.NotApplicable, "no TSC"),
        new TrialRow("tsc-synchronized", "no executable memory", With("TSC", c => c with { Steps = null, Why = "no memory may be made executable here" }), CheckStatus.Unknown, "no memory may be made executable"),

        new TrialRow("resolution", "sound", Evidence, CheckStatus.Pass, "steps of 20 ns or less"),
        new TrialRow("resolution", "no high-resolution timers", With("CLOCK_MONOTONIC", c => c with { ResolutionNs = 4_000_000 }), CheckStatus.Warning, "4.00 ms: high-resolution timers are off"),
        new TrialRow("resolution", "jiffies", With("CLOCK_REALTIME", c => c with { Steps = Steps with { SmallestStepNs = 4_000_000 } }), CheckStatus.Warning, "moves in steps of 4.00 ms"),
        new TrialRow("resolution", "acpi_pm", With("CLOCK_REALTIME", c => c with { Steps = Steps with { SmallestStepNs = 280 } }), CheckStatus.Pass, "280 ns or less"),
        new TrialRow("resolution", "alarm clocks are kept by an RTC", With("CLOCK_BOOTTIME_ALARM", c => c with { Why = null, ResolutionNs = 1_000_000_000 }), CheckStatus.Pass, "1 ns"),
        new TrialRow("resolution", "nothing could be read", Evidence with { Clocks = [] }, CheckStatus.Unknown, "no clock could be read"),

        new TrialRow("read-cost", "sound", Evidence, CheckStatus.Pass, "costs 22 ns, by the vDSO"),
        new TrialRow("read-cost", "a cheap system call", Cost(new(225) { SystemCallNs = 230 }), CheckStatus.Info, "by a system call"),
        new TrialRow("read-cost", "HPET", Cost(new(2400) { SystemCallNs = 2410 }), CheckStatus.Warning, "a clock source that the vDSO reads"),
        new TrialRow("read-cost", "a trapped TSC is still the vDSO's", Cost(new(1500) { SystemCallNs = 1600 }), CheckStatus.Warning, "by the vDSO"),
        new TrialRow("read-cost", "the policy allows it", Cost(new(2400) { SystemCallNs = 2410 }), CheckStatus.Info, "system call") { Policy = new() { ReadCostWarning = new(5000) } },
        new TrialRow("read-cost", "not told apart", Evidence with { EmptySystemCallNs = Some.Not<double>(FactState.Failed) }, CheckStatus.Pass, "could not be told"),
        new TrialRow("read-cost", "not measured", WithAll(c => c with { Cost = null }), CheckStatus.Unknown, "not known"),

        new TrialRow("reads-under-load", "sound", Evidence, CheckStatus.Pass, "with 2 CPUs reading"),
        new TrialRow("reads-under-load", "readers wait", Cost(new(900) { LoadedNs = 3000 }), CheckStatus.Warning, "readers wait for each other"),
        new TrialRow("reads-under-load", "one CPU", Evidence with { Cpus = [0] }, CheckStatus.NotApplicable, "one CPU"),
        new TrialRow("reads-under-load", "interrupted before", Cost(new(22)), CheckStatus.Unknown, "not known"),

        new TrialRow("monotonic-rate", "steered as it says", Evidence, CheckStatus.Pass, "-12.5 ppm ± 0.01 ppm"),
        new TrialRow("monotonic-rate", "steered far", Monotonic(-300, -300, -300), CheckStatus.Warning, "more than 100 ppm"),
        new TrialRow("monotonic-rate", "not as it is steered", Monotonic(210, 0, 0), CheckStatus.Warning, "but is steered by 0 ppm"),
        new TrialRow("monotonic-rate", "steering changed meanwhile", Monotonic(50, -40, 90), CheckStatus.Pass, "50 ppm"),
        new TrialRow("monotonic-rate", "steering may not be asked for", Evidence with { MonotonicRate = Some.Known(new RateReading(1, 3, 1)) }, CheckStatus.Pass, "3 ppm"),
        new TrialRow("monotonic-rate", "too short to be sure", Evidence with { MonotonicRate = Some.Known(new RateReading(1, 900, 850)) }, CheckStatus.Unknown, "give a longer --duration"),
        new TrialRow("monotonic-rate", "the policy is strict", Evidence, CheckStatus.Warning, "more than 5 ppm") { Policy = new() { RateWarningPpm = 5 } },
        new TrialRow("monotonic-rate", "not measured", Evidence with { MonotonicRate = Some.Not<RateReading>(FactState.Failed, "interrupted") }, CheckStatus.Unknown, "interrupted"),

        new TrialRow("tsc-rate", "sound", Evidence, CheckStatus.Pass, "from the stated 2596120 kHz"),
        new TrialRow("tsc-rate", "counts itself", Evidence with { ClockSource = Some.Known("tsc") }, CheckStatus.Pass, "is itself counted by the TSC"),
        new TrialRow("tsc-rate", "not as stated", Tsc(2_597_000, 2_596_120), CheckStatus.Warning, "339 ppm"),
        new TrialRow("tsc-rate", "nothing stated", Tsc(2_597_000, null), CheckStatus.Info, "the TSC runs at 2597000 kHz"),
        new TrialRow("tsc-rate", "arm64", Evidence with { TscRate = Some.Not<TscRate>(FactState.Unsupported, "this processor has no TSC") }, CheckStatus.NotApplicable, "no TSC"),

        new TrialRow("kvm-clock-rate", "sound", Evidence, CheckStatus.Pass, "-0.3 ppm"),
        new TrialRow("kvm-clock-rate", "differs", Evidence with { KvmClockRate = Some.Known(new RateReading(1, 250, 1)) }, CheckStatus.Warning, "250 ppm"),
        new TrialRow("kvm-clock-rate", "no page", Evidence with { KvmClockRate = Some.Not<RateReading>(FactState.Missing, "no pvclock page is visible") }, CheckStatus.NotApplicable, "no pvclock page"),

        new TrialRow("timer-lateness", "sound", Evidence, CheckStatus.Pass, "99 of 100 by less than 120 µs"),
        new TrialRow("timer-lateness", "late of themselves", Timers(new(1, 5_000_000, 9_000_000)), CheckStatus.Warning, "not counting the wait for other programs"),
        new TrialRow("timer-lateness", "late behind other programs", Evidence with { Timers = Some.Known(new TimerLateness(9, new(1, 40_000_000, 90_000_000), new(1, 100_000, 200_000))) },
            CheckStatus.Pass, "40.0 ms with the wait for other programs"),
        new TrialRow("timer-lateness", "nobody knows why", Timers(null), CheckStatus.Info, "it is not judged"),
        new TrialRow("timer-lateness", "the policy allows it", Timers(new(1, 5_000_000, 9_000_000)), CheckStatus.Pass, "5.00 ms") { Policy = new() { TimerLatenessWarning = new(5_000_000) } },
        new TrialRow("timer-lateness", "none expired", Evidence with { Timers = Some.Not<TimerLateness>(FactState.Failed, "no timer expired") }, CheckStatus.Unknown, "no timer expired"),

        new TrialRow("stalls", "sound", Evidence, CheckStatus.Pass, "the longest stall was 80.0 µs in 3.00 s on 2 CPUs; stalls took 0.2 % of the time"),
        new TrialRow("stalls", "held up", Evidence with { Stalls = Some.Known(new StallReading(3_000_000_000, 1, 30_000_000, 25_000_000, 9, 2, 40_000_000, 0)) }, CheckStatus.Warning, "more than 10.0 ms"),
        new TrialRow("stalls", "no time for it", Evidence with { Stalls = Some.Not<StallReading>(FactState.Failed, "interrupted") }, CheckStatus.Unknown, "interrupted"),

        new TrialRow("steal", "sound", Evidence, CheckStatus.Pass, "0 %"),
        new TrialRow("steal", "some", Evidence with { Steal = Some.Known(new StealReading(15, 1)) }, CheckStatus.Warning, "15 %"),
        new TrialRow("steal", "most", Evidence with { Steal = Some.Known(new StealReading(60, 1)) }, CheckStatus.Critical, "60 %"),
        new TrialRow("steal", "not sure", Evidence with { Steal = Some.Known(new StealReading(12, 5)) }, CheckStatus.Pass, "12 %"),
        new TrialRow("steal", "no /proc/stat", Evidence with { Steal = Some.Not<StealReading>(FactState.Denied, "permission denied") }, CheckStatus.Unknown, "permission denied"),

        new TrialRow("rtc-rate", "sound", Evidence, CheckStatus.Pass, "RTC rtc0 runs 3 ppm ± 8 ppm"),
        new TrialRow("rtc-rate", "fast", Evidence with { Rtc = Some.Known(new RtcRate("RTC rtc0", 2, 1, 400, 8)) }, CheckStatus.Warning, "400 ppm"),
        new TrialRow("rtc-rate", "edges seen through a busy machine", Evidence with { Rtc = Some.Known(new RtcRate("RTC rtc0", 2, 1, 764, 2796)) }, CheckStatus.Unknown, "cannot be told"),
        new TrialRow("rtc-rate", "none", Evidence with { Rtc = Some.Not<RtcRate>(FactState.Missing, "this machine has no RTC") }, CheckStatus.NotApplicable, "no RTC"),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(TrialRow row)
    {
        var finding = Assert.Single(ClockTrials.All, t => t.Id == row.Id).Judge(row.Evidence, row.Policy);
        var text = string.Join('\n', new[] { finding.Summary, finding.Reason, finding.Means.Linux, finding.Means.Migration });
        Assert.True(row.Status == finding.Status, $"{finding.Status}\n{text}");
        Assert.Contains(row.Says, text, StringComparison.Ordinal);
        Assert.All(finding.Figures, f => Assert.True(double.IsFinite(f.Value)));
    }

    [Fact]
    public void A_sound_machine_is_ok_and_nothing_measured_is_unknown()
    {
        Assert.Equal(VerdictStatus.Ok, TrialVerdict.Of(TrialVerdict.JudgeAll(ClockTrials.All, Evidence, Policy.Default)).Status);
        Assert.Equal(VerdictStatus.Unknown, TrialVerdict.Of(TrialVerdict.JudgeAll(ClockTrials.All, new ClocksEvidence(), Policy.Default)).Status);
    }

    /// <summary>They stand in reports and scripts: never change one; add new ones.</summary>
    [Fact]
    public void Ids_are_frozen() => Assert.Equal(
        ["clocks-monotonic", "clocks-monotonic-across-cpus", "tsc-synchronized", "resolution", "read-cost", "reads-under-load", "monotonic-rate", "tsc-rate", "kvm-clock-rate",
            "timer-lateness", "stalls", "steal", "rtc-rate"], ClockTrials.All.Select(t => t.Id));

    [Fact]
    public void Every_property_is_explained_in_the_documentation()
    {
        var page = File.ReadAllText(Repository.At("docs", "test.md"));
        Assert.All(ClockTrials.All, t => Assert.Contains($"| `{t.Id}` |", page, StringComparison.Ordinal));
    }

    private static ClocksEvidence Back(string name, long ns) => With(name, c => c with { Steps = Steps with { BackSteps = 3, WorstBackNs = ns } });

    private static ClocksEvidence CrossBack(string name, long ns) => With(name, c => c with { Steps = Steps with { CrossBackSteps = 3, WorstCrossBackNs = ns } });

    private static ClocksEvidence Cost(CostReading cost) => WithAll(c => c with { Cost = cost });

    private static ClocksEvidence Monotonic(double ppm, double low, double high) =>
        Evidence with { MonotonicRate = Some.Known(new RateReading(10_000_000_000, ppm, 0.01) { LeastExpectedPpm = low, MostExpectedPpm = high }) };

    private static ClocksEvidence Tsc(double khz, long? nominal) => Evidence with { TscRate = Some.Known(new TscRate(10_000_000_000, khz, 0.02, nominal)) };

    private static ClocksEvidence Timers(LatenessDistribution? own) => Evidence with { Timers = Some.Known(new TimerLateness(1000, new(1, 6_000_000, 9_000_000), own)) };
}
