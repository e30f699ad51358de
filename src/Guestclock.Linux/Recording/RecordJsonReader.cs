using System.Globalization;
using System.Text.Json;
using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Linux.Machines;
using Guestclock.Machines;

namespace Guestclock.Linux.Recording;

/// <summary>Reads <c>.guestclock/record.json</c>, and takes the contents of files and answers from where it says that they lie.</summary>
internal static class RecordJsonReader
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 8 };

    /// <summary><paramref name="content"/> gives the bytes at a plain relative path of the recording, null where there are none.</summary>
    /// <exception cref="MalformedInputException">It is not a record of this form.</exception>
    public static MachineRecord Read(byte[] bytes, Func<string, byte[]?> content)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, Options);
            return Read(document.RootElement, content);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            // Among them: invalid UTF-8 and lone surrogates, which are found when a string is taken out.
            throw new MalformedInputException("record.json is damaged: " + e.Message, e);
        }
    }

    private static MachineRecord Read(JsonElement root, Func<string, byte[]?> content)
    {
        var schema = Text(root, "schema");
        if (schema != MachineRecord.Schema)
            throw new MalformedInputException("record.json", $"the schema {MachineRecord.Schema}", $"'{schema}'");
        if (!DateTimeOffset.TryParse(Text(root, "takenAt"), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var takenAt))
            throw new MalformedInputException("record.json", "an instant as takenAt", $"'{Text(root, "takenAt")}'");
        return new()
        {
            ToolVersion = Text(Member(root, "tool"), "version"),
            IsLive = Member(root, "live").GetBoolean(),
            TakenAt = takenAt,
            Hostname = Text(root, "hostname"),
            Files = Facts(root, "files", (name, e) => Content(e, name.Length > 0 ? name[1..] : name, name, content)),
            Listings = Facts<IReadOnlyList<string>>(root, "listings", (_, e) => Names(Member(e, "names"))),
            Links = Facts(root, "links", (_, e) => Text(e, "target")),
            Found = Facts(root, "found", (_, e) => RecordWords.Kind(Text(e, "kind"))),
            FoundLinks = Facts(root, "foundLinks", (_, e) => RecordWords.Kind(Text(e, "kind"))),
            Answers = Facts(root, "answers", (name, e) => Content(e, RecordLayout.AnswersFolder + name, name, content)),
        };
    }

    private static Dictionary<string, Fact<T>> Facts<T>(JsonElement root, string section, Func<string, JsonElement, T> value)
    {
        var facts = new Dictionary<string, Fact<T>>(StringComparer.Ordinal);
        foreach (var member in Member(root, section).EnumerateObject())
        {
            var (name, entry) = (member.Name, member.Value);
            if (entry.ValueKind != JsonValueKind.Object)
                throw new MalformedInputException($"record.json, {section} '{name}'", "an object", $"{entry.ValueKind}");
            var source = entry.TryGetProperty("source", out _) ? Text(entry, "source") : name;
            var state = entry.TryGetProperty("state", out _) ? RecordWords.State(Text(entry, "state")) : FactState.Known;
            facts[name] = state == FactState.Known
                ? Fact.Known(value(name, entry), source)
                : Fact.Unknown<T>(state, source, Text(entry, "why"));
        }

        return facts;
    }

    private static byte[] Content(JsonElement entry, string usual, string name, Func<string, byte[]?> content)
    {
        var place = entry.TryGetProperty("at", out _) ? Text(entry, "at") : usual;
        return (PathText.IsPlain(place) ? content(place) : null)
            ?? throw new MalformedInputException($"record.json, '{name}'", "its content in the recording", $"nothing at '{place}'");
    }

    private static List<string> Names(JsonElement names)
    {
        var list = new List<string>();
        foreach (var name in names.EnumerateArray())
        {
            if (list.Count == MachineLimits.ListNames)
                throw new MalformedInputException("record.json", $"at most {MachineLimits.ListNames} names of a directory", "more");
            list.Add(name.GetString() ?? throw new MalformedInputException("record.json", "a name", "null"));
        }

        return list;
    }

    private static string Text(JsonElement parent, string name) =>
        Member(parent, name).GetString() ?? throw new MalformedInputException("record.json", $"a text as {name}", "null");

    private static JsonElement Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member)
            ? member
            : throw new MalformedInputException("record.json", $"the member {name}", "none");
}
