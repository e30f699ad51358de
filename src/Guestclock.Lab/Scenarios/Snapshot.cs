namespace Guestclock.Lab.Scenarios;

/// <summary>
/// QEMU's <c>savevm</c>, and a new QEMU process that goes on from it (<c>-loadvm</c>), as after <c>virsh restore</c>. In the process that saved it
/// <c>loadvm</c> does less under emulation: its TSC never goes back (QEMU, <c>cpu_get_ticks</c>), so the guest's clock would stay right.
/// </summary>
internal sealed class Snapshot : ILabScenario
{
    // A little longer than it takes to end a QEMU and have another one load the state.
    private const long RestoreNs = 3_000_000_000;

    public string Name => "snapshot";

    public string Description => "The guest is saved, runs on, and is restored to what was saved.";

    public async Task PrepareAsync(LabRun run, CancellationToken cancellationToken)
    {
        var variant = await LabBoot.VariantAsync(run, cancellationToken);
        await LabBoot.StartSettledAsync(run, variant with { SnapshotDisk = true }, cancellationToken);
        LabBoot.AddPlace(run);
    }

    public async Task<long> BreakAsync(LabRun run, CancellationToken cancellationToken)
    {
        var saved = run.Machine!;
        var backNs = await SaveAsync(run, cancellationToken) + (long)run.Error.TotalNanoseconds;
        await LabWait.UntilAsync(backNs - RestoreNs, cancellationToken);
        run.Progress?.Report("restoring the guest");
        await saved.DisposeAsync();
        run.Machine = saved.StartSuccessor(run.Places[1].Folder, "-loadvm", "lab");
        run.EndsWith(run.Machine);
        run.Guest = run.Machine.Sockets;
        await using var monitor = await LabMonitor.ConnectAsync(run.Guest, cancellationToken);
        return await monitor.ContinueAtAsync(backNs, cancellationToken);
    }

    /// <returns>When the guest stood still for it (CLOCK_MONOTONIC, ns).</returns>
    private static async Task<long> SaveAsync(LabRun run, CancellationToken cancellationToken)
    {
        run.Progress?.Report("saving the guest");
        await using var monitor = await LabMonitor.ConnectAsync(run.Guest, cancellationToken);
        await monitor.HumanAsync("savevm lab", cancellationToken);
        return (await monitor.NextAsync("STOP", cancellationToken)).MonotonicNs;
    }
}
