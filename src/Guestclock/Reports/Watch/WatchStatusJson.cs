using System.Text.Json;
using Guestclock.Discipline.Watch;
using Guestclock.Formats;
using Guestclock.Json;

namespace Guestclock.Reports.Watch;

/// <summary>The answer of <c>watch status --format json</c>, schema <c>guestclock.watch-status/1</c> (docs/watch-status.schema.json).</summary>
public static class WatchStatusJson
{
    public const string Schema = "guestclock.watch-status/1";

    /// <param name="realtimeNs">CLOCK_REALTIME at the instant of the snapshot.</param>
    public static void Write(WatchSnapshot snapshot, string version, long realtimeNs, TextWriter output)
    {
        using var stream = new TextStream(output);
        using (var json = new Utf8JsonWriter(stream, JsonStyle.Indented))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteString("version", version);
            json.WriteString("takenAt", WatchJson.Time(realtimeNs));
            json.Host(snapshot.Host);
            json.WriteNumber("hostSinceNs", snapshot.AtNs - snapshot.HostSinceNs);
            json.WriteNumber("owed", snapshot.Owed);
            json.WriteNumber("waiting", snapshot.Waiting);
            json.WriteNumber("recovering", snapshot.Recovering);
            json.WriteNumber("measuring", snapshot.Measuring);
            json.WriteStartArray("troubles");
            foreach (var (source, detail) in snapshot.Troubles)
            {
                json.WriteStartObject();
                json.WriteString("source", JsonMembers.Cut(source));
                json.WriteString("detail", JsonMembers.Cut(detail));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("guests");
            foreach (var guest in snapshot.WorstFirst)
                Guest(json, guest, snapshot.AtNs);
            json.WriteEndArray();
            Counts(json, "outcomes", snapshot.Totals.Outcomes);
            Counts(json, "failures", snapshot.Totals.Failures);
            Counts(json, "events", snapshot.Totals.Events);
            json.WriteEndObject();
        }

        output.WriteLine();
    }

    /// <summary>The same as it came from a daemon.</summary>
    /// <exception cref="MalformedInputException">It holds half a character.</exception>
    public static string Copy(JsonElement status)
    {
        using var text = new StringWriter();
        using var stream = new TextStream(text);
        try
        {
            using var json = new Utf8JsonWriter(stream, JsonStyle.Indented);
            status.WriteTo(json);
        }
        catch (InvalidOperationException e)
        {
            throw new MalformedInputException("what it tells holds half a character", e);
        }

        return text.ToString();
    }

    private static void Guest(Utf8JsonWriter json, GuestSnapshot guest, long nowNs)
    {
        json.WriteStartObject();
        json.WriteString("guest", guest.Name);
        json.Name<GuestStanding>("standing", guest.Standing);
        json.Name<GuestPhase>("phase", guest.Phase);
        json.Name<GuestEventKind>("lastEvent", guest.LastEvent);
        json.WriteNumber("lastEventAgoNs", nowNs - guest.LastEventNs);
        json.Offset("offset", guest.Measured?.Offset);
        json.Number("offsetAgoNs", nowNs - guest.Measured?.AtNs);
        json.Drift(guest.Drift);
        if (guest is { LastRecovery: { } result, LastRecoveryNs: { } atNs })
        {
            json.WriteStartObject("lastRecovery");
            json.WriteNumber("agoNs", nowNs - atNs);
            json.Recovery(result);
            json.WriteEndObject();
        }

        if (guest.Owed is { } owed)
        {
            json.WriteStartObject("owed");
            json.Name<WatchTrigger>("trigger", owed.Trigger);
            json.WriteNumber("sinceNs", nowNs - owed.SinceNs);
            json.WriteNumber("attempts", owed.Attempt);
            json.Number("nextTryInNs", guest.NextTryNs is { } next ? Math.Max(0, next - nowNs) : null);
            json.WriteEndObject();
        }

        json.Failure(guest.Failure);
        json.WriteEndObject();
    }

    private static void Counts<TEnum>(Utf8JsonWriter json, string name, IReadOnlyDictionary<TEnum, long> counts)
        where TEnum : struct, Enum
    {
        json.WriteStartObject(name);
        foreach (var (key, count) in counts)
            json.WriteNumber(KebabName.Of(key), count);
        json.WriteEndObject();
    }
}
