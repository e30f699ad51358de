using System.Text.Json;
using Guestclock.Fixes.Runs;
using Guestclock.Json;

namespace Guestclock.Reports.Fix;

/// <summary>Runs for programs: a part of <c>guestclock.fix/1</c>, and <c>guestclock.rollback/1</c> (docs/rollback.schema.json).</summary>
public static class RunJson
{
    public const string Schema = "guestclock.rollback/1";

    public static void Write(IReadOnlyList<RunRecord> runs, string version, TextWriter output)
    {
        using var json = new Utf8JsonWriter(new TextStream(output), JsonStyle.Indented);
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        json.WriteString("version", version);
        json.WriteStartArray("runs");
        foreach (var run in runs)
            Write(json, null, run);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        output.WriteLine();
    }

    /// <summary>What a rollback would do: the steps alone, in the form of a run's.</summary>
    public static void WritePreview(IReadOnlyList<StepRecord> steps, string version, TextWriter output)
    {
        using var json = new Utf8JsonWriter(new TextStream(output), JsonStyle.Indented);
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        json.WriteString("version", version);
        Steps(json, steps);
        json.WriteEndObject();
        json.Flush();
        output.WriteLine();
    }

    internal static void Write(Utf8JsonWriter json, string? name, RunRecord run)
    {
        if (name is null)
            json.WriteStartObject();
        else
            json.WriteStartObject(name);
        json.WriteString("id", run.Id);
        json.WriteString("startedAt", run.StartedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"));
        json.WriteString("version", run.Version);
        json.WriteString("state", KebabName.Of(run.State));
        if (run.Why is { } why)
            json.WriteString("why", Words.Plain(why));
        Steps(json, run.Steps);
        json.WriteEndObject();
    }

    private static void Steps(Utf8JsonWriter json, IReadOnlyList<StepRecord> steps)
    {
        json.WriteStartArray("steps");
        foreach (var step in steps)
        {
            json.WriteStartObject();
            json.WriteString("text", Words.Plain(step.Text));
            json.WriteString("state", KebabName.Of(step.State));
            if (step.Why is { } stepWhy)
                json.WriteString("why", Words.Plain(stepWhy));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
