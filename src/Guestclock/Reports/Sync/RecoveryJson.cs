using System.Text.Json;
using Guestclock.Discipline;

namespace Guestclock.Reports.Sync;

/// <summary>The members of one run in JSON, the same wherever a run is told. Names are frozen (docs/sync.schema.json).</summary>
public static class RecoveryJson
{
    /// <summary>Writes the members into an object that the caller has begun.</summary>
    public static void WriteMembers(Utf8JsonWriter json, RecoveryResult result)
    {
        json.WriteString("guest", Words.Plain(result.Guest));
        json.WriteString("outcome", Name(result.Outcome));
        Offset(json, "before", result.Before);
        Offset(json, "after", result.After);
        json.WriteNumber("withinNs", result.WithinNs);
        json.WriteNumber("tookNs", result.TookNs);
        Number(json, "proofNs", result.ProofNs);
        json.WriteStartArray("sets");
        foreach (var set in result.Sets)
        {
            json.WriteStartObject();
            json.WriteNumber("sentAfterNs", set.SentAfterNs);
            json.WriteNumber("aheadNs", set.AheadNs);
            Text(json, "complaint", set.Complaint);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Text(json, "failure", result.Failure is { } failure ? Name(failure) : null);
        Text(json, "sentence", result.Failure is { } sentence ? AgentFailureText.Sentence(sentence) : null);
        Text(json, "hint", result.Failure is { } hint ? AgentFailureText.Hint(hint) : null);
        Text(json, "detail", result.Detail.Length > 0 ? result.Detail : null);
    }

    /// <summary>A member's name as <see cref="Json.KebabEnumConverter{TEnum}"/> has it.</summary>
    public static string Name<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static void Offset(Utf8JsonWriter json, string name, ClockOffset? offset)
    {
        if (offset is not { } known)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteNumber("offsetNs", known.OffsetNs);
        json.WriteNumber("boundNs", known.BoundNs);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, Words.Plain(value));
        else
            json.WriteNull(name);
    }
}
