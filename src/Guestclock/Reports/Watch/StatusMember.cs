using System.Text.Json;
using Guestclock.Formats;
using Guestclock.Json;

namespace Guestclock.Reports.Watch;

/// <summary>One object of a status, read with a sentence for each way in which it can be wrong.</summary>
internal readonly struct StatusMember(JsonElement element)
{
    /// <summary>Sums of any two stay within 64 bits.</summary>
    private const long MostNs = long.MaxValue / 4;

    public string Text(string name) => TextOrNull(name) ?? throw Wrong(name);

    public string? TextOrNull(string name)
    {
        if (Find(name) is not { } found)
            return null;
        try
        {
            return found.ValueKind == JsonValueKind.String ? JsonMembers.Cut(found.GetString()!) : throw Wrong(name);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair.
            throw Wrong(name);
        }
    }

    public long Number(string name) => NumberOrNull(name) ?? throw Wrong(name);

    public long? NumberOrNull(string name) =>
        Find(name) is not { } found ? null
        : found.ValueKind == JsonValueKind.Number && found.TryGetInt64(out var number) && number is >= -MostNs and <= MostNs ? number
        : throw Wrong(name);

    /// <summary>A number that is no duration.</summary>
    public int Count(string name) => Number(name) is >= 0 and <= int.MaxValue and var count ? (int)count : throw Wrong(name);

    public TEnum Name<TEnum>(string name)
        where TEnum : struct, Enum => NameOrNull<TEnum>(name) ?? throw Wrong(name);

    public TEnum? NameOrNull<TEnum>(string name)
        where TEnum : struct, Enum => TextOrNull(name) is { } text ? KebabName.Find<TEnum>(text) ?? throw Wrong(name) : null;

    public StatusMember Object(string name) => ObjectOrNull(name) ?? throw Wrong(name);

    public StatusMember? ObjectOrNull(string name) =>
        Find(name) is not { } found ? null : found.ValueKind == JsonValueKind.Object ? new StatusMember(found) : throw Wrong(name);

    public IEnumerable<StatusMember> Items(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Array } found && found.EnumerateArray().All(i => i.ValueKind == JsonValueKind.Object)
            ? found.EnumerateArray().Select(i => new StatusMember(i)) : throw Wrong(name);

    private JsonElement? Find(string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var found) ? found : null;

    private static MalformedInputException Wrong(string name) => new($"its status has no {name} that this version understands");
}
