using System.Text.Json;
using Guestclock.Discipline;
using Guestclock.Discipline.Watch;

namespace Guestclock.Reports.Sync;

/// <summary>What <c>guestclock sync --format json</c> prints: schema <c>guestclock.sync/1</c> (docs/sync.schema.json).</summary>
public static class SyncJson
{
    public const string Schema = "guestclock.sync/1";

    /// <param name="host">Whether the clock that the guests were compared with and set to is itself synchronised.</param>
    public static void Write(IReadOnlyList<RecoveryResult> results, HostSanity host, string version, DateTimeOffset at, TextWriter output)
    {
        using var json = new Utf8JsonWriter(new TextStream(output), JsonStyle.Indented);
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        json.WriteString("version", version);
        json.WriteString("takenAt", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'"));
        json.Host(host);
        json.WriteStartArray("guests");
        foreach (var result in results)
        {
            json.WriteStartObject();
            json.Text("guest", result.Guest);
            json.Recovery(result);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        output.WriteLine();
    }
}
