namespace Guestclock.Lab.Scenarios;

/// <summary>QEMU's <c>savevm</c>, and <c>loadvm</c> of it later: the guest's clock goes back to where it was.</summary>
internal sealed class Snapshot : ILabScenario
{
    public string Name => "snapshot";

    public string Description => "The guest is saved, runs on, and is set back to what was saved.";

    public async Task PrepareAsync(LabRun run, CancellationToken cancellationToken)
    {
        var variant = await LabBoot.VariantAsync(run, cancellationToken);
        await LabBoot.StartSettledAsync(run, variant with { SnapshotDisk = true }, cancellationToken);
    }

    public async Task<long> BreakAsync(LabRun run, CancellationToken cancellationToken)
    {
        await using var monitor = await LabMonitor.ConnectAsync(run.Guest, cancellationToken);
        run.Progress?.Report("saving the guest");
        await monitor.HumanAsync("savevm lab", cancellationToken);
        var saved = await monitor.NextAsync("STOP", cancellationToken);
        await monitor.NextAsync("RESUME", cancellationToken);
        await LabWait.UntilAsync(saved.MonotonicNs + (long)run.Error.TotalNanoseconds, cancellationToken);
        run.Progress?.Report("setting the guest back");
        await monitor.HumanAsync("loadvm lab", cancellationToken);
        return (await monitor.NextAsync("RESUME", cancellationToken)).MonotonicNs;
    }
}
