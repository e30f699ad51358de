using System.Text.Json;
using Guestclock.Facts;
using Guestclock.Trials.Clocks.Evidence;

namespace Guestclock.Reports.Trials;

/// <summary>The report of <c>guestclock test</c> for programs, schema <c>guestclock.test/1</c> (docs/test.schema.json). What is not known is left out; the property that needs it says why.</summary>
public static class ClockTestJson
{
    public const string Schema = "guestclock.test/1";

    public static void Write(TrialReport report, ClocksEvidence evidence, string version, DateTimeOffset takenAt, TextWriter output)
    {
        using (var stream = new TextStream(output))
        using (var json = new Utf8JsonWriter(stream, JsonStyle.Indented))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteString("version", version);
            json.WriteString("takenAt", takenAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
            json.WriteStartArray("machine");
            foreach (var part in report.Machine)
                json.WriteStringValue(JsonMembers.Cut(part));
            json.WriteEndArray();
            json.Trials(report);
            json.WriteStartObject("evidence");
            json.Evidence(evidence);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        output.WriteLine();
    }

    private static void Evidence(this Utf8JsonWriter json, ClocksEvidence evidence)
    {
        json.WriteNumber("spanNs", evidence.SpanNs);
        json.WriteBoolean("interrupted", evidence.IsInterrupted);
        json.WriteStartArray("cpus");
        foreach (var cpu in evidence.Cpus)
            json.WriteNumberValue(cpu);
        json.WriteEndArray();
        json.Text("clockSource", evidence.ClockSource.Or(""));
        double? empty = evidence.EmptySystemCallNs.IsKnown ? evidence.EmptySystemCallNs.Value : null;
        json.Decimal("emptySystemCallNs", empty);
        json.WriteStartArray("clocks");
        foreach (var clock in evidence.Clocks)
            json.Clock(clock, empty);
        json.WriteEndArray();
        json.Object("monotonicRate", evidence.MonotonicRate, r => json.Rate(r));
        json.Object("tscRate", evidence.TscRate, r =>
        {
            json.WriteNumber("spanNs", r.SpanNs);
            json.Decimal("khz", r.Khz);
            json.Decimal("boundKhz", r.BoundKhz);
            json.Number("nominalKhz", r.NominalKhz);
        });
        json.Object("kvmClockRate", evidence.KvmClockRate, r => json.Rate(r));
        json.Object("timers", evidence.Timers, t =>
        {
            json.WriteNumber("count", t.Count);
            json.Lateness("lateness", t.Lateness);
            json.Lateness("withoutQueue", t.WithoutQueue);
        });
        json.Object("stalls", evidence.Stalls, s =>
        {
            json.WriteNumber("spanNs", s.SpanNs);
            json.WriteNumber("cpus", s.Cpus);
            json.WriteNumber("longestGapNs", s.LongestGapNs);
            json.WriteNumber("longestStallNs", s.LongestStallNs);
            json.WriteNumber("over10Us", s.Over10Us);
            json.WriteNumber("over1Ms", s.Over1Ms);
            json.WriteNumber("lostNs", s.LostNs);
            json.Number("queuedNs", s.QueuedNs);
        });
        json.Object("steal", evidence.Steal, s =>
        {
            json.Decimal("percent", s.Percent);
            json.Decimal("boundPercent", s.BoundPercent);
        });
        json.Object("rtc", evidence.Rtc, r =>
        {
            json.WriteString("device", r.Device);
            json.WriteNumber("edges", r.Edges);
            json.WriteNumber("spanNs", r.SpanNs);
            json.Decimal("errorPpm", r.ErrorPpm);
            json.Decimal("boundPpm", r.BoundPpm);
        });
    }

    private static void Clock(this Utf8JsonWriter json, ClockReading clock, double? emptySystemCallNs)
    {
        json.WriteStartObject();
        json.WriteString("name", clock.Name);
        json.Name<ClockKind>("kind", clock.Kind);
        json.WriteBoolean("coarse", clock.IsCoarse);
        json.Text("why", clock.Why);
        json.Number("resolutionNs", clock.ResolutionNs);
        if (clock.Steps is { } steps)
        {
            json.WriteStartObject("steps");
            json.WriteNumber("reads", steps.Reads);
            json.WriteNumber("backSteps", steps.BackSteps);
            json.WriteNumber("worstBackNs", steps.WorstBackNs);
            json.WriteNumber("smallestStepNs", steps.SmallestStepNs);
            json.WriteNumber("crossReads", steps.CrossReads);
            json.WriteNumber("crossBackSteps", steps.CrossBackSteps);
            json.WriteNumber("worstCrossBackNs", steps.WorstCrossBackNs);
            json.Number("leastCrossGapNs", steps.LeastCrossGapNs);
            json.WriteBoolean("wasSet", steps.WasSet);
            json.WriteEndObject();
        }

        if (clock.Cost is { } cost)
        {
            json.WriteStartObject("cost");
            json.Decimal("ns", cost.Ns);
            json.Decimal("systemCallNs", cost.SystemCallNs);
            json.Decimal("loadedNs", cost.LoadedNs);
            if (emptySystemCallNs is { } empty && cost.IsSystemCall(empty) is { } isCall)
                json.WriteBoolean("isSystemCall", isCall);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Object<T>(this Utf8JsonWriter json, string name, Fact<T> fact, Action<T> write)
    {
        if (!fact.TryGet(out var value))
            return;
        json.WriteStartObject(name);
        write(value);
        json.WriteEndObject();
    }

    private static void Rate(this Utf8JsonWriter json, RateReading rate)
    {
        json.WriteNumber("spanNs", rate.SpanNs);
        json.Decimal("errorPpm", rate.ErrorPpm);
        json.Decimal("boundPpm", rate.BoundPpm);
        json.Decimal("leastExpectedPpm", rate.LeastExpectedPpm);
        json.Decimal("mostExpectedPpm", rate.MostExpectedPpm);
    }

    private static void Lateness(this Utf8JsonWriter json, string name, LatenessDistribution? lateness)
    {
        if (lateness is null)
            return;
        json.WriteStartObject(name);
        json.WriteNumber("p50Ns", lateness.P50Ns);
        json.WriteNumber("p99Ns", lateness.P99Ns);
        json.WriteNumber("maxNs", lateness.MaxNs);
        json.WriteEndObject();
    }

    /// <summary>Six decimals: a millionth of a nanosecond, or of a ppm.</summary>
    private static void Decimal(this Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } known && double.IsFinite(known))
            json.WriteNumber(name, Math.Round(known, 6));
    }
}
