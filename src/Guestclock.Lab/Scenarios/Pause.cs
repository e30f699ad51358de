namespace Guestclock.Lab.Scenarios;

/// <summary>QEMU's <c>stop</c>, and <c>cont</c> when the error is as large as it is to be.</summary>
internal sealed class Pause : ILabScenario
{
    public string Name => "pause";

    public string Description => "The guest is paused and runs on later.";

    public async Task PrepareAsync(LabRun run, CancellationToken cancellationToken) =>
        await LabBoot.StartSettledAsync(run, await LabBoot.VariantAsync(run, cancellationToken), cancellationToken);

    public async Task<long> BreakAsync(LabRun run, CancellationToken cancellationToken)
    {
        await using var monitor = await LabMonitor.ConnectAsync(run.Guest, cancellationToken);
        await monitor.ExecuteAsync("stop", cancellationToken: cancellationToken);
        var stopped = await monitor.NextAsync("STOP", cancellationToken);
        return await monitor.ContinueAtAsync(stopped.MonotonicNs + (long)run.Error.TotalNanoseconds, cancellationToken);
    }
}
