using System.Text.Json;
using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Reports;
using Guestclock.Reports.Trials;
using Guestclock.Testing;
using Guestclock.Tests.Trials.Clocks;
using Guestclock.Trials.Clocks;
using Guestclock.Trials.Clocks.Evidence;

namespace Guestclock.Tests.Reports.Trials;

public class ClockTestReportTests
{
    private static readonly ClocksEvidence Wrong = SoundClocks.With("CLOCK_MONOTONIC", c => c with { Steps = SoundClocks.Steps with { BackSteps = 2, WorstBackNs = 7 } }) with
    {
        MonotonicRate = Some.Known(new RateReading(1, -1e-9, 0.01)),
        Stalls = Some.Known(new StallReading(3_000_000_000, 2, 95_000_000, 90_000_000, 3, 2, 180_000_000, null)),
        IsInterrupted = true,
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Text_fits_80_columns(bool isVerbose)
    {
        foreach (var evidence in new[] { SoundClocks.Evidence, Wrong, new() })
            Assert.DoesNotContain(Text(evidence, isVerbose).Split('\n'), l => l.Length > 80);
    }

    [Fact]
    public void The_verdict_and_what_was_tested_come_first()
    {
        var lines = Text(SoundClocks.Evidence, false).Split('\n');
        Assert.Equal("OK  this machine's clocks are sound.", lines[0]);
        Assert.Contains("clock source kvm-clock · 2 CPUs · tested for 10.0 s", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_stands_with_its_figures_and_an_interrupted_run_says_so()
    {
        var text = Text(Wrong, true);
        Assert.StartsWith("CRITICAL  CLOCK_MONOTONIC went back by up to 7 ns on one CPU.", text, StringComparison.Ordinal);
        Assert.Contains("WARNING stalls", text, StringComparison.Ordinal);
        Assert.Contains("It was interrupted after 10.0 s", text, StringComparison.Ordinal);
        Assert.Contains("    rate-error  0 ppm ± 0.01 ppm", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_holds_to_its_schema_whatever_is_known()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Repository.At("docs", "test.schema.json")));
        foreach (var evidence in new[] { SoundClocks.Evidence, Wrong, new() })
        {
            using var output = new StringWriter();
            ClockTestJson.Write(Report(evidence), evidence, "0.1.0", DateTimeOffset.UnixEpoch, output);
            using var json = JsonDocument.Parse(output.ToString());
            Assert.Empty(JsonSchema.Problems(schema.RootElement, json.RootElement));
            Assert.Equal(evidence.Clocks.Count, json.RootElement.GetProperty("evidence").GetProperty("clocks").GetArrayLength());
            Assert.Equal(evidence.Timers.IsKnown, json.RootElement.GetProperty("evidence").TryGetProperty("timers", out _));
        }
    }

    private static TrialReport Report(ClocksEvidence evidence) => ClockTestReport.Of(new IdentityFacts { Hostname = Some.Known("web1") }, evidence, ClockTrials.All, Policy.Default);

    private static string Text(ClocksEvidence evidence, bool isVerbose)
    {
        using var output = new StringWriter();
        TrialText.Write(Report(evidence), output, new TextLayout(80, false), isVerbose);
        return output.ToString();
    }
}
