using System.Text.Json;
using Guestclock.Discipline;
using Guestclock.Discipline.Watch;
using Guestclock.Json;
using Guestclock.Reports.Sync;

namespace Guestclock.Reports;

/// <summary>Members that <c>sync</c> and <c>watch</c> have in common. What is not known is left out.</summary>
internal static class JsonMembers
{
    /// <summary>Characters of one text from outside.</summary>
    public const int LongestText = 500;

    public static string Cut(string text) => text.Length <= LongestText ? text : $"{text.AsSpan(0, LongestText - 1)}…";

    public static void Text(this Utf8JsonWriter json, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
            json.WriteString(name, Cut(text));
    }

    public static void Number(this Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } known)
            json.WriteNumber(name, known);
    }

    public static void Name<TEnum>(this Utf8JsonWriter json, string name, TEnum? value)
        where TEnum : struct, Enum
    {
        if (value is { } known)
            json.WriteString(name, KebabName.Of(known));
    }

    public static void Offset(this Utf8JsonWriter json, string name, ClockOffset? offset)
    {
        if (offset is not { } known)
            return;
        json.WriteStartObject(name);
        json.WriteNumber("offsetNs", known.OffsetNs);
        json.WriteNumber("boundNs", known.BoundNs);
        json.WriteEndObject();
    }

    /// <summary>Why something could not be done, what that means and what to do about it.</summary>
    public static void Failure(this Utf8JsonWriter json, AgentFailure? failure)
    {
        if (failure is not { } known)
            return;
        json.Name<AgentFailure>("failure", known);
        json.WriteString("sentence", AgentFailureText.Sentence(known));
        json.WriteString("hint", AgentFailureText.Hint(known));
    }

    public static void Host(this Utf8JsonWriter json, HostSanity? host)
    {
        if (host is null)
            return;
        json.WriteStartObject("host");
        json.Name<HostClockState>("state", host.State);
        json.Number("boundNs", host.IsSynchronized ? host.BoundNs : null);
        json.Text("detail", host.Detail);
        json.WriteEndObject();
    }

    /// <summary>One run of sense, decide, set and prove, without the object around it and without the guest's name. Names are frozen.</summary>
    public static void Recovery(this Utf8JsonWriter json, RecoveryResult result)
    {
        json.Name<RecoveryOutcome>("outcome", result.Outcome);
        json.WriteNumber("withinNs", result.WithinNs);
        json.Offset("before", result.Before);
        json.Offset("after", result.After);
        json.WriteNumber("tookNs", result.TookNs);
        json.Number("proofNs", result.ProofNs);
        json.WriteStartArray("sets");
        foreach (var set in result.Sets)
        {
            json.WriteStartObject();
            json.WriteNumber("sentAfterNs", set.SentAfterNs);
            json.WriteNumber("aheadNs", set.AheadNs);
            json.Text("complaint", set.Complaint);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.Failure(result.Failure);
        json.Text("detail", result.Detail);
    }
}
