using System.Text.Json;
using Guestclock.Discipline;

namespace Guestclock.Reports.Sync;

/// <summary>What <c>guestclock sync --format json</c> prints: schema <c>guestclock.sync/1</c> (docs/sync.schema.json).</summary>
public static class SyncJson
{
    public const string Schema = "guestclock.sync/1";

    public static void Write(IReadOnlyList<RecoveryResult> results, string version, DateTimeOffset at, TextWriter output)
    {
        using var json = new Utf8JsonWriter(new TextStream(output), new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        json.WriteString("version", version);
        json.WriteString("at", at.UtcDateTime);
        json.WriteStartArray("guests");
        foreach (var result in results)
        {
            json.WriteStartObject();
            RecoveryJson.WriteMembers(json, result);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        output.WriteLine();
    }
}
