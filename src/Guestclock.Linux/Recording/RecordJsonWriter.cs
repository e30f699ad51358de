using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Guestclock.Facts;

namespace Guestclock.Linux.Recording;

/// <summary>Writes <c>.guestclock/record.json</c>: what no file of the recording can say. Sorted by name, so that equal records are equal
/// bytes.</summary>
internal static class RecordJsonWriter
{
    private static JsonWriterOptions Options =>
        new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(MachineRecord record, RecordLayout layout)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("schema", MachineRecord.Schema);
            json.WriteStartObject("tool");
            json.WriteString("name", "guestclock");
            json.WriteString("version", record.ToolVersion);
            json.WriteEndObject();
            json.WriteBoolean("live", record.IsLive);
            json.WriteString("takenAt", record.TakenAt.ToString("O", CultureInfo.InvariantCulture));
            json.WriteString("hostname", record.Hostname);
            Facts(json, "files", record.Files, (name, _) => Place(json, layout.FilePlaces, name));
            Facts(json, "listings", record.Listings, (_, names) =>
            {
                json.WriteStartArray("names");
                foreach (var name in names)
                    json.WriteStringValue(name);
                json.WriteEndArray();
            });
            Facts(json, "links", record.Links, (_, target) => json.WriteString("target", target));
            Facts(json, "found", record.Found, (_, kind) => json.WriteString("kind", RecordWords.Of(kind)));
            Facts(json, "foundLinks", record.FoundLinks, (_, kind) => json.WriteString("kind", RecordWords.Of(kind)));
            Facts(json, "answers", record.Answers, (name, _) => Place(json, layout.AnswerPlaces, name));
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static void Facts<T>(Utf8JsonWriter json, string section, IReadOnlyDictionary<string, Fact<T>> facts, Action<string, T> value)
    {
        json.WriteStartObject(section);
        foreach (var (name, fact) in facts.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject(name);
            if (fact.TryGet(out var known))
            {
                value(name, known);
            }
            else
            {
                json.WriteString("state", RecordWords.Of(fact.State));
                json.WriteString("why", fact.Why);
            }

            if (fact.Source != name)
                json.WriteString("source", fact.Source);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Place(Utf8JsonWriter json, SortedDictionary<string, string> places, string name)
    {
        if (places.TryGetValue(name, out var place))
            json.WriteString("at", place);
    }
}
