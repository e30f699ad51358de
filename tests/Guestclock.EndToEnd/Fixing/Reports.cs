using System.Text.Json;

namespace Guestclock.EndToEnd.Fixing;

/// <summary>Reads the reports of <c>check</c> and <c>fix</c>.</summary>
internal static class Reports
{
    /// <summary>The checks of a report of <c>check</c> that complain.</summary>
    public static HashSet<string> Complaints(string report)
    {
        using var json = JsonDocument.Parse(report);
        return json.RootElement.GetProperty("checks").EnumerateArray()
            .Where(c => c.GetProperty("status").GetString() is "warning" or "critical")
            .Select(c => c.GetProperty("id").GetString()!).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>How a run of <c>fix</c> ended, how many steps it had, and what became of each finding: its state, or what it came to after a change.</summary>
    public static (string State, int Steps, Dictionary<string, string> Findings) Fix(string report)
    {
        using var json = JsonDocument.Parse(report);
        var root = json.RootElement;
        return (root.GetProperty("state").GetString()!, root.GetProperty("steps").GetArrayLength(),
            root.GetProperty("findings").EnumerateArray().ToDictionary(
                f => f.GetProperty("check").GetString()!,
                f => (f.TryGetProperty("waitsFor", out var waits) || f.TryGetProperty("after", out waits) || f.TryGetProperty("state", out waits) ? waits.GetString() : null)!,
                StringComparer.Ordinal));
    }
}
