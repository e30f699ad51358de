using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Json;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Reports.Trials;

/// <summary>A host's probe as it was kept.</summary>
/// <param name="TakenAt">By the host's clock, UTC.</param>
public sealed record KeptProbe(string Version, DateTimeOffset TakenAt, KvmEvidence Evidence);

/// <summary>Reads what <see cref="ProbeJson"/> wrote. The verdict that stands there is not believed: the evidence is judged again.</summary>
public static class ProbeReader
{
    private const string What = "file of guestclock probe";

    /// <summary>A probe takes some 30 KiB.</summary>
    private const int MostCharacters = 1 << 20;

    /// <exception cref="MalformedInputException">It is no such file, or a damaged one.</exception>
    public static KeptProbe Read(string text)
    {
        if (text.Length > MostCharacters)
            throw new MalformedInputException(What, $"at most {MostCharacters} characters", $"{text.Length}");
        try
        {
            using var document = JsonDocument.Parse(text, new() { MaxDepth = 16 });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "schema") is not ProbeJson.Schema)
                throw new MalformedInputException(What, $"the schema {ProbeJson.Schema}", root.ValueKind == JsonValueKind.Object ? $"'{Text(root, "schema")}'" : "something else");
            if (!root.TryGetProperty("evidence", out var json) || json.ValueKind != JsonValueKind.Object)
                throw new MalformedInputException(What, "the evidence", "none");
            if (!DateTimeOffset.TryParseExact(Text(root, "takenAt"), "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", null, System.Globalization.DateTimeStyles.AssumeUniversal, out var at))
                throw new MalformedInputException(What, "the time when it was taken", $"'{Text(root, "takenAt")}'");
            RefuseGaps(json, ProbeJsonContext.Default.KvmEvidence, "evidence");
            return new(Text(root, "version") ?? "", at, Whole(json.Deserialize(ProbeJsonContext.Default.KvmEvidence)!));
        }
        catch (JsonException e)
        {
            throw new MalformedInputException(What, "JSON as guestclock wrote it", e.Message);
        }
    }

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Every member is there, every fact has a state, a known one a value, and lists have no holes: the judges rely on it.</summary>
    private static void RefuseGaps(JsonElement json, JsonTypeInfo type, string at)
    {
        foreach (var property in type.Properties)
        {
            if (property.Set is null)
                continue;
            var place = $"{at}.{property.Name}";
            if (!json.TryGetProperty(property.Name, out var member) || member.ValueKind != (property.PropertyType == typeof(string) ? JsonValueKind.String : JsonValueKind.Object))
                throw new MalformedInputException(What, place, "none, or something else");
            if (typeof(IFact).IsAssignableFrom(property.PropertyType))
                RefuseGaps(member, place);
            else if (member.ValueKind == JsonValueKind.Object && ProbeJsonContext.Default.GetTypeInfo(property.PropertyType) is { } inner)
                RefuseGaps(member, inner, place);
        }
    }

    private static void RefuseGaps(JsonElement fact, string at)
    {
        var state = KebabName.Find<FactState>(Text(fact, "state")) ?? throw new MalformedInputException(What, $"the state of {at}", "none or another");
        if (Text(fact, "source") is null)
            throw new MalformedInputException(What, $"the source of {at}", "none");
        if (state != FactState.Known)
            return;
        if (!fact.TryGetProperty("value", out var value) || value.ValueKind == JsonValueKind.Null)
            throw new MalformedInputException(What, $"a value of {at}, which is said to be known", "none");
        if (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().Any(v => v.ValueKind == JsonValueKind.Null))
            throw new MalformedInputException(What, $"whole entries of {at}", "null");
    }

    /// <summary>Members that a record leaves null where they are missing.</summary>
    private static KvmEvidence Whole(KvmEvidence evidence) =>
        evidence.Warp.Is(w => w.Cpus is null) ? throw new MalformedInputException(What, "the CPUs of evidence.warp", "none")
        : evidence.ClockPairing.Is(p => p.Detail is null) ? throw new MalformedInputException(What, "the detail of evidence.clockPairing", "none")
        : evidence;
}
