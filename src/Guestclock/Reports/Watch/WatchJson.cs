using System.Text.Json;
using Guestclock.Discipline.Watch.Tracking;

namespace Guestclock.Reports.Watch;

/// <summary>The pieces of which the watch's JSON documents are made, beside those that <see cref="JsonMembers"/> has.</summary>
internal static class WatchJson
{
    public static string Time(long realtimeNs) => DateTime.UnixEpoch.AddTicks(realtimeNs / 100).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'");

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
}
