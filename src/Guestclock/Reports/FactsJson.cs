using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Guestclock.Facts;

namespace Guestclock.Reports;

/// <summary>All facts for programs, schema <c>guestclock.facts/1</c>: each fact has its state, its value or why there is none, its source and how long it took.
/// What a machine can compute from the values is left out; docs/facts.md names the sections.</summary>
public static class FactsJson
{
    public const string Schema = "guestclock.facts/1";

    public static void Write(MachineFacts facts, DateTimeOffset takenAt, bool isLive, string version, TextWriter output)
    {
        var options = new JsonSerializerOptions(FactsJsonContext.Default.Options)
        {
            TypeInfoResolver = FactsJsonContext.Default.WithAddedModifier(HideUnknownValues),
        };
        var document = new FactsDocument(Schema, new(Report.ToolName, version), takenAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"), isLive ? "live" : "root", facts);
        using var stream = new TextStream(output);
        JsonSerializer.Serialize(stream, document, (JsonTypeInfo<FactsDocument>)options.GetTypeInfo(typeof(FactsDocument)));
        output.WriteLine();
    }

    /// <summary>Of a fact that is not known there is no value, and of a known one no reason.</summary>
    internal static void HideUnknownValues(JsonTypeInfo type)
    {
        if (!typeof(IFact).IsAssignableFrom(type.Type))
            return;
        foreach (var property in type.Properties)
        {
            if (property.Name == "value")
                property.ShouldSerialize = (fact, _) => ((IFact)fact).IsKnown;
            else if (property.Name == "why")
                property.ShouldSerialize = (_, why) => why is not null;
        }
    }
}

internal sealed record FactsDocument(string Schema, ToolDocument Tool, string TakenAt, string Source, MachineFacts Facts);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, GenerationMode = JsonSourceGenerationMode.Metadata,
    IgnoreReadOnlyProperties = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    Converters = [typeof(KernelArgumentsConverter), typeof(TimeNamesConverter)])]
[JsonSerializable(typeof(FactsDocument))]
internal sealed partial class FactsJsonContext : JsonSerializerContext;
