using System.Text.Json;

namespace Guestclock.Protocols.Qmp;

/// <summary>Members of answers and events: each may be missing, of another type, or text that is none (half a surrogate pair).</summary>
public static class QmpJson
{
    /// <summary>
    /// The text of that member, cut to <see cref="QmpLimits.TextChars"/> and with ? for control characters, which would steer a terminal; null
    /// when there is none.
    /// </summary>
    public static string? Text(this JsonElement parent, string name) => parent.Member(name).Text();

    /// <summary>This value if it is text.</summary>
    public static string? Text(this JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            var text = value.GetString()!;
            text = text.Length <= QmpLimits.TextChars ? text : text[..QmpLimits.TextChars];
            return text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? '?' : c)) : text;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The whole number of that member; null when there is none.</summary>
    public static long? Number(this JsonElement parent, string name) =>
        parent.Member(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;

    /// <summary>Whether that member is there and true.</summary>
    public static bool IsTrue(this JsonElement parent, string name) => parent.Member(name).ValueKind == JsonValueKind.True;

    /// <summary>That member; of kind Undefined when there is none.</summary>
    public static JsonElement Member(this JsonElement parent, string name)
    {
        try
        {
            return parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? value : default;
        }
        catch (InvalidOperationException)
        {
            return default;
        }
    }

    /// <summary>The elements; none when it is no array.</summary>
    public static IEnumerable<JsonElement> Elements(this JsonElement array) => array.ValueKind == JsonValueKind.Array ? array.EnumerateArray() : [];
}
