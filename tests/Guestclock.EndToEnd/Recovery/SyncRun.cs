using System.Diagnostics;
using System.Text.Json;
using Guestclock.Discipline;

namespace Guestclock.EndToEnd.Recovery;

/// <summary>How one <c>guestclock sync --agent</c> of the published binary ended.</summary>
internal sealed record SyncRun(int ExitCode, JsonElement Guest, TimeSpan Took)
{
    public string Outcome => Guest.GetProperty("outcome").GetString()!;

    public string? Failure => Guest.TryGetProperty("failure", out var f) ? f.GetString() : null;

    public string Detail => Guest.TryGetProperty("detail", out var d) ? d.GetString() ?? "" : "";

    public ClockOffset? Before => Json.Offset(Guest, "before");

    public ClockOffset? After => Json.Offset(Guest, "after");

    public int Sets => Guest.GetProperty("sets").GetArrayLength();

    public TimeSpan? Proof => Guest.TryGetProperty("proofNs", out var ns) && ns.ValueKind == JsonValueKind.Number ? TimeSpan.FromMicroseconds(ns.GetInt64() / 1000) : null;

    public static async Task<SyncRun> OfAsync(string agentSocket, params string[] options)
    {
        var clock = Stopwatch.StartNew();
        // What is right on a machine that has other work, too.
        string[] within = options.Contains("--within") ? [] : ["--within", "100ms"];
        var outcome = await Binary.RunAsync(["sync", "--agent", agentSocket, "--format", "json", .. within, .. options]);
        Assert.True(outcome.Out.Length > 0, outcome.Error);
        using var document = JsonDocument.Parse(outcome.Out);
        return new(outcome.ExitCode, document.RootElement.GetProperty("guests").EnumerateArray().Single().Clone(), clock.Elapsed);
    }

    /// <summary>Wants this outcome, and the exit code that belongs to it.</summary>
    public SyncRun Ended(string outcome, int exitCode)
    {
        Assert.True(Outcome == outcome && ExitCode == exitCode, $"exit code {ExitCode}: {Guest}");
        return this;
    }

    public SyncRun Failed(string failure, string outcome = "failed", int exitCode = 3)
    {
        Ended(outcome, exitCode);
        Assert.True(Failure == failure, $"{Guest}");
        return this;
    }
}
