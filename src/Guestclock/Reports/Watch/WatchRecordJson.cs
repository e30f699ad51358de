using System.Text;
using System.Text.Json;
using Guestclock.Discipline.Watch;

namespace Guestclock.Reports.Watch;

/// <summary>One line of the journal, schema <c>guestclock.watch/1</c> (docs/watch.schema.json). What is not known is left out.</summary>
public static class WatchRecordJson
{
    public const string Schema = "guestclock.watch/1";

    /// <param name="realtimeNs">The time of day of the record, CLOCK_REALTIME.</param>
    /// <returns>One line without its end.</returns>
    public static string Line(WatchRecord record, long realtimeNs)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, JsonStyle.Line))
            Write(json, record, realtimeNs);
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <summary>The line that stands for lines that nobody took.</summary>
    public static string Dropped(long count, long realtimeNs)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, JsonStyle.Line))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteString("time", WatchJson.Time(realtimeNs));
            json.Name<WatchRecordKind>("kind", WatchRecordKind.Dropped);
            json.WriteString("message", count == 1 ? "1 line was dropped, as nobody took it" : $"{count} lines were dropped, as nobody took them");
            json.WriteNumber("count", count);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static void Write(Utf8JsonWriter json, WatchRecord record, long realtimeNs)
    {
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        json.WriteString("time", WatchJson.Time(realtimeNs));
        json.Name<WatchRecordKind>("kind", record.Kind);
        json.Text("guest", record.Guest);
        json.WriteString("message", JsonMembers.Cut(WatchWords.Sentence(record)));
        json.Name("event", record.Event);
        if (record.Reason is { } reason)
        {
            json.Name<WatchTrigger>("trigger", reason.Trigger);
            json.WriteNumber("attempt", reason.Attempt);
            json.WriteNumber("sinceEventNs", Math.Max(0, record.AtNs - reason.SinceNs));
        }

        if (record.Result is { } result)
            json.Recovery(result);
        else
            json.Failure(record.Failure);
        json.Number("retryInNs", record.RetryInNs);
        json.Offset("offset", record.Offset);
        json.Offset("jump", record.Jump);
        json.Drift(record.Drift);
        if (record.IsRaised is { } isRaised)
            json.WriteBoolean("raised", isRaised);
        json.Host(record.Host);
        json.Number(record.Kind == WatchRecordKind.HostSlept ? "sleptNs" : "steppedNs", record.HostNs);
        json.Text("source", record.Source);
        json.Text("detail", record.Result is { Detail.Length: > 0 } ? null : record.Detail);
        json.WriteEndObject();
    }
}
