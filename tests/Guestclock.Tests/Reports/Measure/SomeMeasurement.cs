using Guestclock.Checks;
using Guestclock.Discipline;
using Guestclock.Measuring;
using Guestclock.Measuring.Runs;
using Guestclock.Tests.Measuring.Runs;

namespace Guestclock.Tests.Reports.Measure;

/// <summary>Measurements with everything in them that can be told.</summary>
internal static class SomeMeasurement
{
    public static MeasuredPair Pair { get; } = new("guest web1", "system clock of this host", "the quickest of 5 calls", ["this host's own clock is not synchronised: no source"]);

    /// <summary>Samples, slow ones among them, a step in the middle, lost readings, a remark.</summary>
    public static MeasureReport Report(int count, int seed = 1)
    {
        var random = new Random(seed);
        var session = new MeasureSession(new(Samples.Second, null, null, true), 0);
        for (var i = 0; i < count; i++)
        {
            var offset = random.NextInt64(-50_000, 50_000) + (i < count / 2 ? 0 : -20_000_000_000);
            var sample = Samples.At(i, offset, random.NextInt64(60_000, 900_000), random.NextInt64(1000, 1_000_000)) with { Remark = i == 3 ? "a \"remark\", with a comma" : null };
            var isLost = i % 7 == 5;
            _ = session.Take(isLost ? OffsetReading.None(i % 2 == 0 ? "no answer within 1 s" : "the guest \u001b[31mis\n paused") : OffsetReading.Of(sample), sample.AtUnixNs, sample.AtRawNs);
        }

        var summary = MeasureSummary.Of(session);
        var best = summary.Offset?.Best;
        var verdict = OffsetVerdict.Of(best is null ? null : new ClockOffset(best.OffsetNs, best.BoundNs), Policy.Default);
        return new(Pair, session.Plan, MeasureEnd.Complete, session.Entries, summary, verdict);
    }
}
