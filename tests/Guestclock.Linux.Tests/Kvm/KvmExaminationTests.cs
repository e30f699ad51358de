using Guestclock.Facts;
using Guestclock.Linux.Kvm;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Linux.Tests.Kvm;

[Collection(LiveKvm.Name)]
public class KvmExaminationTests
{
    private static readonly List<string> Steps = [];

    private static readonly Lazy<KvmEvidence> Evidence = new(() => KvmExamination.Run(progress: new Told(Steps), options: LiveKvm.Short with
    {
        WarpSpan = TimeSpan.FromMilliseconds(100),
        RateSpan = TimeSpan.FromMilliseconds(400),
        Pause = TimeSpan.FromMilliseconds(20),
    }));

    [Fact]
    public void Everything_is_found_out_and_agrees_with_itself()
    {
        LiveKvm.Need();
        var evidence = Evidence.Value;
        Assert.All(KvmFactsOf.All(evidence), f => Assert.True(f.Fact.IsKnown, $"{f.Name}: {f.Fact.Why}"));
        Assert.Equal(12, evidence.Kvm.ApiVersion.Value);
        Assert.Contains("comparing the clocks of vCPUs", Steps);

        var pages = evidence.Pages.Value!;
        Assert.Equal(evidence.Warp.Value!.Cpus.Count, pages.Count);
        Assert.All(pages, p => Assert.True(p is { IsBeingWritten: false, Multiplier: > 0, TscTimestamp: > 0 }, $"{p}"));

        var rate = evidence.Rate.Value!;
        Assert.InRange(rate.SpanNs, 400_000_000, long.MaxValue);
        Assert.InRange(Math.Abs(rate.ErrorPpb) - rate.BoundPpb, double.MinValue, 100_000);
        Assert.InRange(rate.MeasuredTscKhz, rate.NominalTscKhz * 0.99, rate.NominalTscKhz * 1.01);

        var warp = evidence.Warp.Value!;
        Assert.True(warp.Reads > 0, $"{warp}");
        Assert.True(warp.BackwardSteps == 0 || warp.WorstTscStep > 0 || warp.WorstClockStepNs > 0, $"{warp}");
    }

    [Fact]
    public void A_pause_a_restored_clock_and_the_wall_clock_are_what_the_procedures_promise()
    {
        LiveKvm.Need();
        var evidence = Evidence.Value;
        var stop = evidence.Stop.Value!;
        Assert.InRange(stop.StoppedNs, 20_000_000, long.MaxValue);
        Assert.InRange(Math.Abs(stop.RunOnAdvanceNs - stop.StoppedNs) - stop.BoundNs, long.MinValue, 100_000);
        Assert.InRange(Math.Abs(stop.SetBackAdvanceNs) - stop.BoundNs, long.MinValue, 100_000);
        Assert.True(stop.GuestStoppedIsSet, stop.CtrlError);

        foreach (var restore in (RestoreEvidence[])[evidence.RestoreWithRealtime.Value!, evidence.RestoreWithoutRealtime.Value!])
        {
            Assert.InRange(restore.DownNs, 20_000_000, long.MaxValue);
            Assert.InRange(Math.Abs(restore.ErrorNs) - restore.BoundNs, long.MinValue, 10_000_000);
        }

        var wall = evidence.WallClock.Value!;
        Assert.InRange(Math.Abs(wall.OffsetNs) - wall.BoundNs, long.MinValue, 10_000_000);
        Assert.Equal(0u, wall.Version & 1);
    }

    [Fact]
    public void Requests_of_TSC_rates_begin_with_the_hosts_which_is_granted_and_seen()
    {
        LiveKvm.Need();
        var evidence = Evidence.Value;
        var rates = evidence.TscRates.Value!;
        Assert.Equal(4, rates.Count);
        var own = rates[0];
        Assert.Equal((evidence.Kvm.TscKhz.Value, null, evidence.Kvm.TscKhz.Value, true), (own.AskedKhz, own.Error, own.SaidKhz, own.IsScaled));
        Assert.InRange(own.SeenKhz!.Value, own.AskedKhz * 0.999, own.AskedKhz * 1.001);
        Assert.All(rates, r => Assert.True(r.Error is null == (r.SeenKhz is not null), $"{r}"));
    }

    [Fact]
    public void Twenty_runs_leave_no_descriptor_no_memory_and_no_thread()
    {
        LiveKvm.Need();
        var before = LiveKvm.Left();
        var moment = TimeSpan.FromMilliseconds(1);
        for (var run = 0; run < 20; run++)
            Assert.True(KvmExamination.Run(options: LiveKvm.Short with { WarpSpan = moment, Pause = moment, HypercallLimit = moment }).Rate.IsKnown);
        Assert.Equal(before, LiveKvm.Left());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(120)]
    public void Whoever_ends_it_gets_what_was_learnt_and_the_reason_for_the_rest(int afterMs)
    {
        LiveKvm.Need();
        var before = LiveKvm.Left();
        using var end = new CancellationTokenSource(afterMs);
        if (afterMs == 0)
            end.Cancel();
        var evidence = KvmExamination.Run(options: new() { WarpSpan = TimeSpan.FromMinutes(1) }, cancellation: end.Token);
        Assert.Equal(12, evidence.Kvm.ApiVersion.Value);
        Assert.Contains("ended before", evidence.Rate.Why, StringComparison.Ordinal);
        Assert.Contains("ended before", evidence.Warp.Why, StringComparison.Ordinal);
        Assert.Equal(before, LiveKvm.Left());
    }

    [Fact]
    public void What_is_not_begun_in_time_is_left_out()
    {
        LiveKvm.Need();
        var evidence = KvmExamination.Run(options: LiveKvm.Short with { TotalLimit = TimeSpan.Zero });
        Assert.Equal((FactState.TimedOut, true), (evidence.Warp.State, evidence.Kvm.ApiVersion.IsKnown));
    }

    [Theory]
    [InlineData("/nonexistent/kvm", FactState.Missing)]
    [InlineData("/dev/null", FactState.Unsupported)]
    public void Without_the_device_every_fact_says_why(string device, FactState state)
    {
        var evidence = KvmExamination.Run(device);
        Assert.Equal(device, evidence.Device);
        foreach (var (name, fact) in KvmFactsOf.All(evidence))
            Assert.True(fact.State == state && fact.Why is { Length: > 0 }, $"{name}: {fact.State} {fact.Why}");
    }

    private sealed class Told(List<string> steps) : IProgress<string>
    {
        public void Report(string value) => steps.Add(value);
    }
}
