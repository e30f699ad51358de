using System.Globalization;
using Guestclock.Discipline.Watch;
using Guestclock.Discipline.Watch.Tracking;
using Guestclock.Json;

namespace Guestclock.Reports.Watch;

/// <summary>Words that are short enough for a column.</summary>
internal static class StatusWords
{
    /// <summary><c>850ms</c>, <c>12s</c>, <c>5m</c>, <c>3h</c>, <c>2d</c>.</summary>
    public static string Ago(long ns) => ns switch
    {
        < 1_000_000_000 => $"{Math.Max(0, ns) / 1_000_000}ms",
        < 120_000_000_000 => $"{ns / 1_000_000_000}s",
        < 7200_000_000_000 => $"{ns / 60_000_000_000}m",
        < 172_800_000_000_000 => $"{ns / 3600_000_000_000}h",
        _ => $"{ns / 86_400_000_000_000}d",
    };

    public static string Of(GuestEventKind kind) => kind == GuestEventKind.AgentConnected ? "connected" : KebabName.Of(kind);

    /// <summary>At most 9 characters.</summary>
    public static string Drift(DriftEstimate drift) => Math.Abs(drift.Ppm) switch
    {
        < 999.95 => drift.Ppm.ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) + " ppm",
        < 9999.5 => drift.Ppm.ToString("+0;-0", CultureInfo.InvariantCulture) + " ppm",
        _ => drift.Ppb > 0 ? "> +1 %" : "< -1 %",
    };

    /// <summary>Names differ at their ends more often than in their middle.</summary>
    public static string Shortened(string name, int width) =>
        name.Length <= width ? name : $"{name.AsSpan(0, (width - 1) / 2)}…{name.AsSpan(name.Length - (width / 2))}";
}
