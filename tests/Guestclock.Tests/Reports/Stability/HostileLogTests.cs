using System.Text.Json;
using System.Xml.Linq;
using Guestclock.Formats.ClockLogs;
using Guestclock.Reports;
using Guestclock.Reports.Stability;
using Guestclock.Stability;
using Guestclock.Stability.Grids;
using Guestclock.Testing;
using Guestclock.Tests.Formats.ClockLogs;

namespace Guestclock.Tests.Reports.Stability;

/// <summary>Whatever numbers a log holds, it is refused with a sentence or reported in all formats.</summary>
public class HostileLogTests
{
    private static readonly string[] Samples =
    [
        "1e-6\n-2E-6\n+.5\n1e15\n-1e15\n0\n0\n0\n1e-300\n7\n7\n7\n7\n7\n",
        "0,1\n10,2\n20,-3\n30,4\n40,1e14\n50,5\n60,nan\n70,6\n1e15,7\n1e15,8\n",
        "0 1e-9\n1 2e-9\n2 3e-9\n2 3e-9\n1 4e-9\n5 1e-9\n6 2e-9\n7 1e-9\n8 1e-9\n9 2e-9\n10 1e-9\n11 5\n12 5\n13 5\n14 5\n15 5\n",
    ];

    [Theory]
    [InlineData(SampleKind.Phase, false)]
    [InlineData(SampleKind.Frequency, true)]
    public void A_log_is_refused_or_reported(SampleKind kind, bool removeOutliers) =>
        Fuzz.Text(Samples, text => Report(ReadLog.Of(text, kind), new(KeepSteps: removeOutliers, RemoveOutliers: removeOutliers)), runs: 300);

    private static void Report(ClockLog log, GridOptions options)
    {
        var grid = Gridding.Of(log.Series[0], options);
        Assert.True(grid.Phase.Tau0S > 0);
        var points = StabilityAnalysis.Compute(grid.Phase, Enum.GetValues<Statistic>(), AveragingFactors.Octave(grid.Phase.Count), 0.683, workers: 1).Points;
        var series = new AnalyzedSeries("log", log.Format, log.Series[0].Kind, grid, FrequencyFit.LeastSquares(grid.Phase), points, grid.Remarks);
        var report = new StabilityReport("0", 0.683, [series, series with { Name = "again" }], true);
        Assert.DoesNotContain(Written(w => StabilityText.Write(report, w, TextLayout.Plain)).Split('\n'), l => l.Length > 80);
        Assert.DoesNotContain(Written(w => StabilityText.Write(report with { Series = [series] }, w, TextLayout.Plain)).Split('\n'), l => l.Length > 80);
        Assert.DoesNotContain("NaN", Written(w => StabilityCsv.Write(report, w)), StringComparison.Ordinal);
        JsonDocument.Parse(Written(w => StabilityJson.Write(report, w))).Dispose();
        Assert.InRange(XDocument.Parse(Written(w => StabilitySvg.Write(report, w))).Root!.Elements().Count(), 1, 2000);
    }

    private static string Written(Action<TextWriter> write)
    {
        using var writer = new StringWriter();
        write(writer);
        return writer.ToString();
    }
}
