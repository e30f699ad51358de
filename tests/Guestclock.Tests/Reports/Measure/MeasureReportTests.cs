using System.Text.Json;
using System.Xml.Linq;
using Guestclock.Judging;
using Guestclock.Measuring.Runs;
using Guestclock.Reports;
using Guestclock.Reports.Measure;
using Guestclock.Testing;
using Guestclock.Tests.Measuring.Runs;

namespace Guestclock.Tests.Reports.Measure;

public class MeasureReportTests
{
    private static string Of(Action<TextWriter> write)
    {
        using var writer = new StringWriter();
        write(writer);
        return writer.ToString();
    }

    private static MeasureReport Of(params IReadOnlyList<MeasureEntry> entries) =>
        SomeMeasurement.Report(1) with { Entries = entries, Summary = new(entries.Count, 0, entries.Count, []), Verdict = new(VerdictStatus.Unknown, "there is no sample") };

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(40)]
    public void JSON_holds_to_its_schema(int count)
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Repository.At("docs", "measure.schema.json")));
        using var json = JsonDocument.Parse(Of(w => MeasureJson.Write(SomeMeasurement.Report(count), "1.0", w)));
        Assert.Empty(JsonSchema.Problems(schema.RootElement, json.RootElement));
    }

    [Fact]
    public void Each_line_of_jsonl_is_an_object_with_the_members_of_JSON()
    {
        var report = SomeMeasurement.Report(20);
        using var whole = JsonDocument.Parse(Of(w => MeasureJson.Write(report, "1.0", w)));
        Assert.Equal(whole.RootElement.GetProperty("samples").EnumerateArray().Select(s => JsonSerializer.Serialize(s)), report.Entries.Select(e => Line(w => MeasureJson.WriteEntry(e, w))));
        Assert.Equal(JsonSerializer.Serialize(whole.RootElement.GetProperty("summary")), Line(w => MeasureJson.WriteSummary(report, w), "summary"));
        Assert.Equal(JsonSerializer.Serialize(whole.RootElement.GetProperty("pair")), Line(w => MeasureJson.WriteHead(report.Pair, "1.0", w), "pair"));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(40)]
    public void Text_keeps_to_the_width(int width)
    {
        var report = SomeMeasurement.Report(60);
        var text = Of(w =>
        {
            var pen = new TextPen(w, new(width, false));
            MeasureText.WriteHead(report.Pair, pen);
            MeasureText.WriteSummary(report, pen);
        });
        Assert.DoesNotContain(text.Split('\n'), l => l.Length > width);
        Assert.Contains("  step      ", text, StringComparison.Ordinal);
        Assert.Contains("CRITICAL: off by 20.0 s", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_of_samples_keep_to_80_columns()
    {
        var lines = Of(w => SomeMeasurement.Report(60).Entries.ToList().ForEach(e => SampleLine.Write(e, SomeMeasurement.Pair, new(w, TextLayout.Plain), 80))).TrimEnd().Split('\n');
        Assert.All(lines, l => Assert.InRange(l.Length, 20, 80));
        Assert.Equal(52, lines.Count(l => l.Contains(" ± ", StringComparison.Ordinal) && l.Contains("reading", StringComparison.Ordinal)));
        Assert.Equal(8, lines.Count(l => l.Contains("  lost: ", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_same_loss_is_told_once()
    {
        var lost = SomeMeasurement.Report(60).Entries.First(e => e.Problem is not null);
        var line = Of(w => SampleLine.Write(lost, SomeMeasurement.Pair, new(w, TextLayout.Plain), 80, lost.Problem));
        Assert.EndsWith("  lost: as before\n", line.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.DoesNotContain("as before", Of(w => SampleLine.Write(lost, SomeMeasurement.Pair, new(w, TextLayout.Plain), 80, "another")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(500)]
    public void A_plot_is_XML_with_a_band_dots_the_step_and_what_was_lost(int count)
    {
        var report = SomeMeasurement.Report(count);
        var svg = XDocument.Parse(Of(w => MeasureSvg.Write(report, report.Entries[0].AtUnixNs, w)));
        Assert.Equal("svg", svg.Root!.Name.LocalName);
        Assert.DoesNotContain("NaN", svg.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("∞", svg.ToString(), StringComparison.Ordinal);
        Assert.Equal(count > 1, svg.Descendants().Any(e => e.Name.LocalName == "polygon"));
        Assert.Equal(count == 500 ? 1 : count / 3, svg.Descendants().Count(e => e.Attribute("stroke-dasharray") is not null));
    }

    [Fact]
    public void A_measurement_without_a_sample_is_told_and_plotted_all_the_same()
    {
        var report = Of(Samples.Lost(0, "no answer"));
        Assert.Contains("UNKNOWN: there is no sample", Of(w => MeasureText.WriteSummary(report, new(w, TextLayout.Plain))), StringComparison.Ordinal);
        Assert.Contains(">no sample<", Of(w => MeasureSvg.Write(report, 0, w)), StringComparison.Ordinal);
    }

    private static string Line(Action<TextWriter> write, string? member = null)
    {
        var text = Of(write);
        Assert.Equal(text.Length - 1, text.IndexOf('\n', StringComparison.Ordinal));
        using var json = JsonDocument.Parse(text);
        return JsonSerializer.Serialize(member is null ? json.RootElement : json.RootElement.GetProperty(member));
    }
}
