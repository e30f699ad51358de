using System.Text.Json;
using Guestclock.Json;
using Guestclock.Measuring;
using Guestclock.Measuring.Runs;
using Guestclock.Stability;

namespace Guestclock.Reports.Measure;

/// <summary>
/// What <c>guestclock measure --format json</c> prints: schema <c>guestclock.measure/1</c> (docs/measure.schema.json); and the lines of
/// <c>--format jsonl</c>, which are its <c>pair</c>, its <c>samples</c> one by one, and its <c>summary</c>.
/// </summary>
public static class MeasureJson
{
    public const string Schema = "guestclock.measure/1";

    /// <summary>Bytes that wait in memory, for a run of many samples.</summary>
    private const int MostPending = 64 << 10;

    public static void Write(MeasureReport report, string version, TextWriter output)
    {
        using (var json = new Utf8JsonWriter(new TextStream(output), JsonStyle.Indented))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteString("version", version);
            json.Pair(report.Pair);
            json.WriteNumber("intervalNs", report.Plan.IntervalNs);
            json.WriteBoolean("filter", report.Plan.FiltersLucky);
            json.WriteStartArray("samples");
            foreach (var entry in report.Entries)
            {
                json.WriteStartObject();
                json.Entry(entry);
                json.WriteEndObject();
                if (json.BytesPending > MostPending)
                    json.Flush();
            }

            json.WriteEndArray();
            json.Summary(report);
            json.WriteEndObject();
        }

        output.WriteLine();
    }

    /// <summary>The first line of <c>jsonl</c>.</summary>
    public static void WriteHead(MeasuredPair pair, string version, TextWriter output) => Line(output, json =>
    {
        json.WriteString("schema", Schema);
        json.WriteString("version", version);
        json.Pair(pair);
    });

    public static void WriteEntry(MeasureEntry entry, TextWriter output) => Line(output, json => json.Entry(entry));

    /// <summary>The last line of <c>jsonl</c>.</summary>
    public static void WriteSummary(MeasureReport report, TextWriter output) => Line(output, json => json.Summary(report));

    private static void Line(TextWriter output, Action<Utf8JsonWriter> write)
    {
        using (var json = new Utf8JsonWriter(new TextStream(output), JsonStyle.Line))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        output.WriteLine();
    }

    private static void Pair(this Utf8JsonWriter json, MeasuredPair pair)
    {
        json.WriteStartObject("pair");
        json.WriteString("clock", JsonMembers.Cut(pair.Clock));
        json.WriteString("reference", JsonMembers.Cut(pair.Reference));
        json.WriteString("method", JsonMembers.Cut(pair.Method));
        json.WriteStartArray("remarks");
        foreach (var remark in pair.Remarks)
            json.WriteStringValue(JsonMembers.Cut(remark));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Entry(this Utf8JsonWriter json, MeasureEntry entry)
    {
        json.WriteString("at", TimeText.Iso(entry.AtUnixNs));
        json.WriteNumber("rawNs", entry.AtRawNs);
        if (entry.Sample is { } sample)
        {
            json.WriteNumber("offsetNs", sample.OffsetNs);
            json.WriteNumber("boundNs", sample.BoundNs);
            json.WriteNumber("delayNs", sample.DelayNs);
            json.WriteStartObject("parts");
            foreach (var part in sample.Parts)
                json.WriteNumber(part.Name, part.Ns);
            json.WriteEndObject();
            json.WriteBoolean("used", entry.IsUsed);
            json.Text("remark", sample.Remark);
        }

        json.Text("problem", entry.Problem);
        if (entry.Step is { } step)
            json.Step("step", step);
    }

    private static void Step(this Utf8JsonWriter json, string? name, ClockStep step)
    {
        if (name is null)
            json.WriteStartObject();
        else
            json.WriteStartObject(name);
        json.WriteString("after", TimeText.Iso(step.AfterUnixNs));
        json.WriteString("at", TimeText.Iso(step.AtUnixNs));
        json.WriteNumber("sizeNs", step.SizeNs);
        json.WriteNumber("boundNs", step.BoundNs);
        json.Name<StepCause>("cause", step.Cause);
        json.WriteEndObject();
    }

    private static void Summary(this Utf8JsonWriter json, MeasureReport report)
    {
        var summary = report.Summary;
        json.WriteStartObject("summary");
        json.WriteString("status", KebabName.Of(report.Verdict.Status));
        json.WriteString("sentence", report.Verdict.Sentence);
        json.Name<MeasureEnd>("end", report.End);
        json.WriteNumber("readings", summary.Readings);
        json.WriteNumber("lost", summary.Lost);
        json.WriteNumber("samples", summary.Samples);
        json.WriteNumber("used", summary.Used);
        if (summary.Forgotten > 0)
            json.WriteNumber("forgotten", summary.Forgotten);
        json.WriteStartArray("lostReasons");
        foreach (var reason in summary.LostReasons)
        {
            json.WriteStartObject();
            json.WriteString("reason", JsonMembers.Cut(reason.Reason));
            json.WriteNumber("count", reason.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("steps");
        foreach (var step in summary.Steps)
            json.Step(null, step);
        json.WriteEndArray();
        if (summary.Offset is { } offset)
            json.Figures(offset);
        if (summary.Rate is { } rate)
            json.Rate(rate);
        json.WriteStartArray("stability");
        foreach (var point in summary.Stability)
            json.Point(point);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Figures(this Utf8JsonWriter json, OffsetFigures offset)
    {
        json.WriteStartObject("offset");
        json.WriteNumber("currentNs", offset.Current.OffsetNs);
        json.WriteNumber("boundNs", offset.Current.BoundNs);
        json.WriteNumber("bestNs", offset.Best.OffsetNs);
        json.WriteNumber("bestBoundNs", offset.Best.BoundNs);
        json.WriteNumber("samples", offset.Samples);
        json.WriteNumber("used", offset.Used);
        json.WriteNumber("spanNs", offset.SpanNs);
        json.WriteNumber("meanNs", offset.MeanNs);
        json.WriteNumber("medianNs", offset.MedianNs);
        json.WriteNumber("minNs", offset.MinNs);
        json.WriteNumber("maxNs", offset.MaxNs);
        if (offset.DeviationNs is { } deviation)
            json.WriteNumber("deviationNs", deviation);
        if (offset.JitterNs is { } jitter)
            json.WriteNumber("jitterNs", jitter);
        if (offset.Agreed is { } agreed)
        {
            json.WriteStartObject("agreed");
            json.WriteNumber("lowNs", agreed.LowNs);
            json.WriteNumber("highNs", agreed.HighNs);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Rate(this Utf8JsonWriter json, RateFigures rate)
    {
        json.WriteStartObject("rate");
        json.WriteNumber("meanPpm", rate.MeanPpm);
        json.WriteNumber("meanBoundPpm", rate.MeanBoundPpm);
        if (rate.FitPpm is { } fit)
            json.WriteNumber("fitPpm", fit);
        if (rate.FitBoundPpm is { } bound)
            json.WriteNumber("fitBoundPpm", bound);
        if (rate.Hard is { } hard)
        {
            json.WriteStartObject("hard");
            json.WriteNumber("lowPpm", hard.LowPpm);
            json.WriteNumber("highPpm", hard.HighPpm);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Point(this Utf8JsonWriter json, StabilityPoint point)
    {
        json.WriteStartObject();
        json.Name<Statistic>("statistic", point.Statistic);
        json.WriteNumber("tauS", point.TauS);
        json.WriteNumber("n", point.N);
        json.WriteNumber("valueNs", point.Value * 1e9);
        json.WriteEndObject();
    }
}
