using System.Diagnostics;
using Guestclock.Discipline;
using Guestclock.Linux.Agents;

namespace Guestclock.EndToEnd.Recovery;

/// <summary>The second agent of a guest, held by a test: it tells the truth of the guest's clock, and nobody else gets an answer there.</summary>
internal sealed class TruthTeller : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly AgentSocket _agent;

    private TruthTeller(AgentSocket agent) => _agent = agent;

    public static async Task<TruthTeller> ConnectAsync(string socket) => new(await AgentSocket.ConnectAsync(socket, HostClock.Instance, Limit, default));

    /// <summary>Guest − host: the narrowest of several readings.</summary>
    public async Task<ClockOffset> SeeAsync()
    {
        await _agent.SynchronizeAsync(Limit, default);
        ClockBracket? best = null;
        for (var (i, clock) = (0, Stopwatch.StartNew()); i < 20 || (best!.Value.RoundTripNs > 100_000_000 && clock.Elapsed < Limit); i++)
        {
            var next = await _agent.ReadTimeAsync(Limit, default);
            best = best is null || next.RoundTripNs < best.Value.RoundTripNs ? next : best;
        }

        return best!.Value.Offset;
    }

    /// <summary>Sets the guest's clock.</summary>
    /// <param name="ahead">Of the host's; negative: behind.</param>
    public async Task SetAsync(TimeSpan ahead)
    {
        await _agent.SynchronizeAsync(Limit, default);
        await _agent.BeginSetTimeAsync((long)ahead.TotalNanoseconds, default);
        await _agent.FinishSetTimeAsync(Limit, default);
    }

    /// <summary>What was claimed is true, both bounds and the guest's own drift since then granted.</summary>
    public async Task AgreesAsync(ClockOffset claimed)
    {
        var seen = await SeeAsync();
        // An emulated guest's clock drifts by 100 ppm at most; the seconds since the claim are few.
        var granted = claimed.BoundNs + seen.BoundNs + 3_000_000;
        Assert.True(Math.Abs(claimed.OffsetNs - seen.OffsetNs) <= granted, $"claimed {claimed}, and the second agent tells {seen}");
    }

    public ValueTask DisposeAsync() => _agent.DisposeAsync();
}
