using System.Text.Json;
using Guestclock.Json;
using Guestclock.Stability.Grids;

namespace Guestclock.Reports.Stability;

/// <summary>The statistics for programs: schema <c>guestclock.stability/1</c> (docs/stability.schema.json). Names and their meaning are frozen.</summary>
public static class StabilityJson
{
    public const string Schema = "guestclock.stability/1";

    public static void Write(StabilityReport report, TextWriter output)
    {
        using var json = new Utf8JsonWriter(new TextStream(output), JsonStyle.Indented);
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        json.WriteString("version", report.Version);
        json.WriteBoolean("complete", report.IsComplete);
        json.WriteNumber("confidence", report.Confidence);
        json.WriteStartArray("series");
        foreach (var series in report.Series)
            Series(json, series);
        json.WriteEndArray();
        json.WriteStartArray("results");
        foreach (var series in report.Series)
            Results(json, series);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        output.WriteLine();
    }

    private static void Series(Utf8JsonWriter json, AnalyzedSeries series)
    {
        var grid = series.Grid;
        json.WriteStartObject();
        json.WriteString("name", series.Name);
        json.WriteString("format", series.Format);
        json.WriteString("kind", KebabName.Of(series.Kind));
        json.WriteNumber("tau0S", grid.Phase.Tau0S);
        if (grid.StartS is { } start)
            json.WriteNumber("startS", start);
        json.WriteNumber("samples", grid.Samples);
        json.WriteNumber("used", grid.Used);
        json.WriteNumber("missing", grid.Missing);
        json.WriteNumber("gaps", grid.Gaps);
        json.WriteNumber("longestGapS", grid.LongestGapS);
        json.WriteNumber("leftOut", grid.LeftOut);
        json.WriteNumber("outliers", grid.Outliers);
        Steps(json, grid.Steps);
        if (series.Offset is { } offset)
        {
            json.WriteStartObject("offset");
            json.WriteNumber("meanS", offset.MeanS);
            json.WriteNumber("rmsS", offset.RmsS);
            json.WriteNumber("leastS", offset.LeastS);
            json.WriteNumber("largestS", offset.LargestS);
            json.WriteEndObject();
        }

        if (series.Frequency is { } fit)
        {
            json.WriteStartObject("frequency");
            json.WriteNumber("value", fit.Frequency);
            Bound(json, "bound", fit.Bound);
            json.WriteEndObject();
        }

        json.WriteStartArray("remarks");
        foreach (var remark in series.Remarks)
            json.WriteStringValue(remark);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Steps(Utf8JsonWriter json, IReadOnlyList<PhaseStep> steps)
    {
        json.WriteStartArray("steps");
        foreach (var step in steps)
        {
            json.WriteStartObject();
            json.WriteNumber("afterS", step.AfterS);
            json.WriteNumber("sizeS", step.SizeS);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Results(Utf8JsonWriter json, AnalyzedSeries series)
    {
        foreach (var p in series.Points)
        {
            json.WriteStartObject();
            json.WriteString("series", series.Name);
            json.WriteString("statistic", KebabName.Of(p.Statistic));
            json.WriteNumber("tauS", p.TauS);
            json.WriteNumber("n", p.N);
            json.WriteNumber("value", p.Value);
            Bound(json, "low", p.Low);
            Bound(json, "high", p.High);
            json.WriteString("noise", KebabName.Of(p.Noise));
            json.WriteEndObject();
        }
    }

    private static void Bound(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } known && double.IsFinite(known))
            json.WriteNumber(name, known);
        else
            json.WriteNull(name);
    }
}
