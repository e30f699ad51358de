using System.Threading.Channels;
using Guestclock.Discipline;
using Guestclock.Discipline.Watch;
using Guestclock.Lab.Scenarios;
using Guestclock.Linux.Services;
using Guestclock.Linux.Watching;

namespace Guestclock.Lab.Methods;

/// <summary>The daemon's loop as it is, over the QMP sockets of one run, with the clock of the run.</summary>
internal static class WatchInLab
{
    public static async Task RunAsync(LabRun run, TaskCompletionSource ready, ChannelWriter<(RecoveryResult Result, long EndedNs)> results, CancellationToken cancellationToken)
    {
        var around = new WatchEnvironment(
            run.HostClock,
            new Steps(run.HostClock),
            () => HostSanity.Synchronized(0, "the lab's host clock is the truth"),
            (settings, _) => [new QmpSource($"{run.Folder}/*/qmp", run.HostClock) { UsesProvers = false }],
            "lab")
        {
            OnRecord = record =>
            {
                if (record.Result is not { } result)
                    return;
                results.TryWrite((result, run.HostClock.MonotonicNs));
                if (result.Outcome is RecoveryOutcome.InTime or RecoveryOutcome.Recovered or RecoveryOutcome.Left)
                    ready.TrySetResult();
            },
        };
        // A guest that is yet to be booted cannot be found before.
        if (run.Machine is null)
            ready.TrySetResult();
        try
        {
            using var journal = new Journal(run);
            await using var loop = new WatchLoop(WatchSettings.Default, journal, around);
            await loop.RunAsync(cancellationToken);
        }
        catch (Exception e)
        {
            ready.TrySetException(e);
            throw;
        }
    }

    /// <summary>The daemon's journal, in the folder of the run: <c>--keep</c> leaves it there.</summary>
    private sealed class Journal(LabRun run) : ILineSink, IDisposable
    {
        private readonly FileStream _file = new(Path.Combine(run.Folder, "watch.jsonl"), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);

        public void Write(ReadOnlySpan<byte> line) => _file.Write([.. line, (byte)'\n']);

        public void Dispose() => _file.Dispose();
    }

    private sealed class Steps(ShiftedHostClock clock) : IHostDisruptions
    {
        public async Task RunAsync(ChannelWriter<WatchInput> events, CancellationToken cancellationToken)
        {
            var before = clock.ShiftNs;
            void Tell(object? sender, EventArgs e)
            {
                events.TryWrite(new HostStepped(clock.ShiftNs - before));
                before = clock.ShiftNs;
            }

            clock.Stepped += Tell;
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            clock.Stepped -= Tell;
        }
    }
}
