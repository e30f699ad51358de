using Guestclock.Lab.Guests;

namespace Guestclock.Lab.Scenarios;

/// <summary>A guest is booted whose real-time clock is wrong, as after a restore onto a host that had no time yet.</summary>
internal sealed class WrongRtc : ILabScenario
{
    private const string AgentPort = GuestSockets.Agent + "-port";

    public string Name => "wrong-rtc";

    public string Description => "The guest starts with a real-time clock that is behind.";

    public async Task PrepareAsync(LabRun run, CancellationToken cancellationToken)
    {
        LabBoot.FolderOf(run);
        var variant = await LabBoot.VariantAsync(run, cancellationToken) with { RtcBehind = run.Error };
        run.Variant = variant;
        await variant.Kernel.Tree.GetAsync(run.Progress, cancellationToken);
    }

    /// <returns>When the guest opened its agent's port.</returns>
    public async Task<long> BreakAsync(LabRun run, CancellationToken cancellationToken)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var booting = LabBoot.StartAsync(run, run.Variant!, [], cancellationToken);
        var opening = AgentOpensAsync(run, giveUp.Token);
        if (await Task.WhenAny(booting, opening) == booting && booting.IsFaulted)
            await giveUp.CancelAsync();
        await booting;
        return await opening;
    }

    private static async Task<long> AgentOpensAsync(LabRun run, CancellationToken cancellationToken)
    {
        await using var monitor = await LabMonitor.ConnectAsync(run.Guest, cancellationToken);
        var opened = await monitor.NextAsync(e => e.Name == "VSERPORT_CHANGE" && e.Data.GetProperty("open").GetBoolean() &&
            e.Data.GetProperty("id").GetString() == AgentPort, "the guest's agent", cancellationToken);
        return opened.MonotonicNs;
    }
}
