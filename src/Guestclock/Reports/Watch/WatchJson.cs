using System.Text.Json;
using Guestclock.Discipline;
using Guestclock.Discipline.Watch;
using Guestclock.Discipline.Watch.Tracking;
using Guestclock.Json;

namespace Guestclock.Reports.Watch;

/// <summary>The pieces of which the watch's JSON documents are made.</summary>
internal static class WatchJson
{
    /// <summary>Characters of one text from outside.</summary>
    public const int LongestText = 500;

    public static string Time(long realtimeNs) => DateTime.UnixEpoch.AddTicks(realtimeNs / 100).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'");

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

    public static void Drift(this Utf8JsonWriter json, DriftEstimate? drift)
    {
        if (drift is null)
            return;
        json.WriteStartObject("drift");
        json.WriteNumber("ppb", drift.Ppb);
        json.WriteNumber("boundPpb", drift.BoundPpb);
        json.Name<DriftTrend>("trend", drift.Trend);
        json.WriteNumber("samples", drift.Samples);
        json.WriteNumber("spanNs", drift.SpanNs);
        json.WriteEndObject();
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

    /// <summary>The properties of one run, without the object around them.</summary>
    public static void Result(this Utf8JsonWriter json, RecoveryResult result)
    {
        json.Name<RecoveryOutcome>("outcome", result.Outcome);
        json.WriteNumber("withinNs", result.WithinNs);
        json.Offset("before", result.Before);
        json.Offset("after", result.After);
        json.WriteNumber("sets", result.Sets.Count);
        json.WriteNumber("tookNs", result.TookNs);
        json.Number("proofNs", result.ProofNs);
        json.Name("failure", result.Failure);
    }
}
