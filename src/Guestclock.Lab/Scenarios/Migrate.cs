using System.Text.Json;

namespace Guestclock.Lab.Scenarios;

/// <summary>
/// A live migration to a second QEMU process. The guest stands still from the source's stop until the destination is told to go on, which is
/// when the error is as large as it is to be: a slow last copy.
/// </summary>
internal sealed class Migrate : ILabScenario
{
    public string Name => "migrate";

    public string Description => "The guest is migrated live to another QEMU process, and stands still on the way.";

    public async Task PrepareAsync(LabRun run, CancellationToken cancellationToken)
    {
        await LabBoot.StartSettledAsync(run, await LabBoot.VariantAsync(run, cancellationToken), cancellationToken);
        LabBoot.AddPlace(run);
    }

    public async Task<long> BreakAsync(LabRun run, CancellationToken cancellationToken)
    {
        var source = run.Machine!;
        var there = run.Places[1].Folder;
        var incoming = Path.Combine(there, "incoming");
        var destination = source.StartSuccessor(there, "-incoming", $"unix:{incoming}");
        run.EndsWith(destination);
        await using var receiving = await LabMonitor.ConnectAsync(destination.Sockets, cancellationToken);
        long stoppedNs;
        await using (var sending = await LabMonitor.ConnectAsync(source.Sockets, cancellationToken))
        {
            run.Progress?.Report("migrating the guest");
            await sending.ExecuteAsync("migrate-set-capabilities", """{"capabilities":[{"capability":"events","state":true}]}""", cancellationToken);
            await sending.ExecuteAsync("migrate", $$"""{"uri":"unix:{{incoming}}"}""", cancellationToken);
            stoppedNs = (await sending.NextAsync("STOP", cancellationToken)).MonotonicNs;
            var end = await sending.NextAsync(e => e.Name == "MIGRATION" && Status(e.Data) is "completed" or "failed", "the end of the migration", cancellationToken);
            if (Status(end.Data) == "failed")
                throw new LabException("QEMU says that the migration failed");
        }
        await source.DisposeAsync();
        run.Machine = destination;
        run.Guest = destination.Sockets;
        return await receiving.ContinueAtAsync(stoppedNs + (long)run.Error.TotalNanoseconds, cancellationToken);
    }

    private static string? Status(JsonElement data) => data.GetProperty("status").GetString();
}
