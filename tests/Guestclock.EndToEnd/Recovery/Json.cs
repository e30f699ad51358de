using System.Text.Json;
using Guestclock.Discipline;

namespace Guestclock.EndToEnd.Recovery;

/// <summary>Reads what the program writes.</summary>
internal static class Json
{
    public static ClockOffset? Offset(JsonElement of, string name) =>
        of.TryGetProperty(name, out var o) && o.ValueKind == JsonValueKind.Object
            ? new(o.GetProperty("offsetNs").GetInt64(), o.GetProperty("boundNs").GetInt64()) : null;

    public static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var text) ? text.GetString() : null;
}
