using System.Diagnostics;
using System.Text.RegularExpressions;
using Guestclock.Discipline.Watch;
using Guestclock.Reports.Watch;
using Guestclock.Testing;

namespace Guestclock.Tests.Reports.Watch;

public partial class WatchMetricsTests
{
    private static string Page(WatchSnapshot snapshot)
    {
        using var writer = new StringWriter();
        WatchMetrics.Write(snapshot, "0.1.0", SomeWatch.NowNs, writer);
        return writer.ToString();
    }

    [GeneratedRegex("(?<label>guest|version)=\"[^\"]*\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Varying();

    /// <summary>Dashboards and alerts read these names: after a deliberate change, GUESTCLOCK_UPDATE=1 writes metric-names.txt anew, and CHANGELOG.md tells it.</summary>
    [Fact]
    public void Names_types_and_labels_are_frozen()
    {
        var file = Repository.At("tests", "Guestclock.Tests", "Reports", "Watch", "metric-names.txt");
        var types = Page(SomeWatch.Snapshot(SomeWatch.Guest("off"))).Split('\n').Where(l => l.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(l => l["# TYPE ".Length..]);
        var samples = Page(SomeWatch.Snapshot(SomeWatch.Guest("off"))).Split('\n').Where(l => l.Length > 0 && l[0] != '#')
            .Select(l => Varying().Replace(l[..l.LastIndexOf(' ')], "${label}=\"...\""));
        var names = types.Concat(samples).Distinct(StringComparer.Ordinal).ToList();
        if (Environment.GetEnvironmentVariable("GUESTCLOCK_UPDATE") == "1")
            File.WriteAllLines(file, names);
        Assert.Equal(File.ReadAllLines(file), names);
    }

    [Theory]
    [InlineData("guestclock_build_info{version=\"0.1.0\"} 1")]
    [InlineData("guestclock_host_synchronized 1")]
    [InlineData("guestclock_host_error_bound_seconds 0.002")]
    [InlineData("guestclock_guests{phase=\"running\"} 4")]
    [InlineData("guestclock_guests{phase=\"paused\"} 1")]
    [InlineData("guestclock_guest_offset_seconds{guest=\"web\"} 4.1E-05")]
    [InlineData("guestclock_guest_offset_bound_seconds{guest=\"web\"} 0.00042")]
    [InlineData("guestclock_guest_last_measured_timestamp_seconds{guest=\"web\"} 1795256991")]
    [InlineData("guestclock_guest_last_event_timestamp_seconds{guest=\"web\",kind=\"resumed\"} 1795256990")]
    [InlineData("guestclock_guest_drift_ppm{guest=\"off\"} -51.2")]
    [InlineData("guestclock_guest_recovery_owed{guest=\"db\"} 1")]
    [InlineData("guestclock_guest_recovery_owed{guest=\"web\"} 0")]
    [InlineData("guestclock_guest_recovery_owed_since_timestamp_seconds{guest=\"db\"} 1795256998")]
    [InlineData("guestclock_recoveries_owed 2")]
    [InlineData("guestclock_recoveries_total{outcome=\"recovered\"} 1")]
    [InlineData("guestclock_recoveries_total{outcome=\"not-proved\"} 0")]
    [InlineData("guestclock_failures_total{failure=\"blocked\"} 1")]
    [InlineData("guestclock_proof_seconds_bucket{le=\"0.5\"} 0")]
    [InlineData("guestclock_proof_seconds_bucket{le=\"1\"} 1")]
    [InlineData("guestclock_proof_seconds_bucket{le=\"+Inf\"} 1")]
    [InlineData("guestclock_proof_seconds_sum 0.812")]
    [InlineData("guestclock_proof_seconds_count 1")]
    public void A_sample_says_what_is_known(string line) =>
        Assert.Contains(line, Page(SomeWatch.Snapshot(SomeWatch.Guest("off"))).Split('\n'));

    [Theory]
    [InlineData("a\"b", "a\\\"b")]
    [InlineData("a\\b", "a\\\\b")]
    [InlineData("a\nb", "a\\nb")]
    [InlineData("ü 😀", "ü 😀")]
    public void Labels_are_escaped(string name, string label) =>
        Assert.Contains($"guestclock_guest_drift_ppm{{guest=\"{label}\"}} -51.2", Page(SomeWatch.Snapshot(SomeWatch.Guest(name))).Split('\n'));

    /// <summary>Half of a pair of UTF-16 is no text.</summary>
    [Fact]
    public void A_label_is_text() =>
        Assert.Contains("guestclock_guest_drift_ppm{guest=\"\uFFFD\"} -51.2", Page(SomeWatch.Snapshot(SomeWatch.Guest("\ud800"))).Split('\n'));

    [Fact]
    public void Long_names_are_cut_and_stay_apart()
    {
        var name = new string('x', 100_000);
        var lines = Page(SomeWatch.Snapshot(SomeWatch.Guest(name + "a"), SomeWatch.Guest(name + "b"))).Split('\n').Where(l => l.StartsWith("guestclock_guest_drift_ppm{", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, lines.Distinct(StringComparer.Ordinal).Count());
        Assert.All(lines, l => Assert.InRange(l.Length, 1, 300));
    }

    /// <summary>Package prometheus.</summary>
    [Fact]
    public void Promtool_finds_nothing_to_complain_of()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/promtool"), "promtool is not installed (package prometheus)");
        using var promtool = Process.Start(new ProcessStartInfo("/usr/bin/promtool", ["check", "metrics"]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        promtool.StandardInput.Write(Page(SomeWatch.Snapshot(SomeWatch.Guest("a\"b\\c\nd ü"))));
        promtool.StandardInput.Close();
        var said = promtool.StandardOutput.ReadToEnd() + promtool.StandardError.ReadToEnd();
        Assert.True(promtool.WaitForExit(10_000));
        Assert.Equal("", said);
        Assert.Equal(0, promtool.ExitCode);
    }
}
