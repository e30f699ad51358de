using System.Text.Json;

namespace Guestclock.Testing;

/// <summary>Validates JSON against the part of JSON Schema that docs/*.schema.json use: type, const, enum, required, properties, additionalProperties, items, $ref to $defs.</summary>
public static class JsonSchema
{
    /// <summary>What breaks the schema, each with its place; empty when nothing does.</summary>
    public static IReadOnlyList<string> Problems(JsonElement schema, JsonElement value, string at = "$") => Problems(schema, schema, value, at);

    private static IReadOnlyList<string> Problems(JsonElement root, JsonElement schema, JsonElement value, string at)
    {
        if (schema.TryGetProperty("$ref", out var reference))
            schema = root.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]);
        var problems = new List<string>();
        if (schema.TryGetProperty("type", out var type) && !Types(type).Contains(TypeOf(value)))
            return [$"{at} is {TypeOf(value)}, not {type}"];
        if (schema.TryGetProperty("const", out var constant) && constant.GetString() != value.GetString())
            problems.Add($"{at} is not {constant}");
        if (schema.TryGetProperty("enum", out var values) && !values.EnumerateArray().Any(v => v.GetString() == value.GetString()))
            problems.Add($"{at} is '{value}', which is none of {values}");
        if (value.ValueKind == JsonValueKind.Object)
            Properties(root, schema, value, at, problems);
        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
            problems.AddRange(value.EnumerateArray().SelectMany((item, i) => Problems(root, items, item, $"{at}[{i}]")));
        return problems;
    }

    private static void Properties(JsonElement root, JsonElement schema, JsonElement value, string at, List<string> problems)
    {
        if (schema.TryGetProperty("required", out var required))
            problems.AddRange(required.EnumerateArray().Where(r => !value.TryGetProperty(r.GetString()!, out _)).Select(r => $"{at}.{r} is missing"));
        foreach (var property in value.EnumerateObject())
        {
            if (schema.TryGetProperty("properties", out var known) && known.TryGetProperty(property.Name, out var inner))
                problems.AddRange(Problems(root, inner, property.Value, $"{at}.{property.Name}"));
            else if (schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False)
                problems.Add($"{at}.{property.Name} is not in the schema");
        }
    }

    private static IEnumerable<string?> Types(JsonElement type) => type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()) : [type.GetString()];

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "null",
    };
}
