using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Reports.Trials;

/// <summary>
/// What <c>guestclock probe --format json</c> prints: schema <c>guestclock.probe/1</c> (docs/probe.schema.json). It holds the whole evidence, so that
/// it can be kept for each host, judged again (<see cref="ProbeReader"/>) and compared.
/// </summary>
public static class ProbeJson
{
    public const string Schema = "guestclock.probe/1";

    public static void Write(TrialReport report, KvmEvidence evidence, string version, DateTimeOffset at, TextWriter output)
    {
        var options = new JsonSerializerOptions(ProbeJsonContext.Default.Options)
        {
            TypeInfoResolver = ProbeJsonContext.Default.WithAddedModifier(FactsJson.HideUnknownValues),
        };
        using var json = new Utf8JsonWriter(new TextStream(output), JsonStyle.Indented);
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        json.WriteString("version", version);
        json.WriteString("takenAt", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
        json.Trials(report);
        json.WritePropertyName("evidence");
        JsonSerializer.Serialize(json, evidence, (JsonTypeInfo<KvmEvidence>)options.GetTypeInfo(typeof(KvmEvidence)));
        json.WriteEndObject();
        json.Flush();
        output.WriteLine();
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata,
    IgnoreReadOnlyProperties = true, RespectNullableAnnotations = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(KvmEvidence))]
internal sealed partial class ProbeJsonContext : JsonSerializerContext;
