using System.Threading.Channels;
using Guestclock.Discipline;
using Guestclock.Lab.Results;
using Guestclock.Lab.Scenarios;

namespace Guestclock.Lab.Methods;

/// <summary><c>guestclock watch</c>: nobody tells it of the break; it learns of it from QMP.</summary>
/// <param name="watch">
/// Runs the daemon over the QMP sockets of <see cref="LabRun.Places"/> with <see cref="LabRun.HostClock"/> until it is stopped, and tells each
/// result as soon as it has it. It first completes the task that it is given, when it has found the guest and is ready.
/// </param>
public sealed class WatchMethod(Func<LabRun, TaskCompletionSource, ChannelWriter<(RecoveryResult Result, long EndedNs)>, CancellationToken, Task> watch) : ILabMethod
{
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(10);
    private ChannelReader<(RecoveryResult Result, long EndedNs)>? _results;

    public string Name => "watch";

    public string Description => "guestclock watch: learns of the break from QMP, then measures, sets, proves.";

    public async Task PrepareAsync(LabRun run, CancellationToken cancellationToken)
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var watching = new Watching((results, stop) => watch(run, ready, results, stop));
        run.EndsWith(watching);
        _results = watching.Results;
        await ready.Task.WaitAsync(ReadyLimit, cancellationToken);
        watching.ForgetResults();
    }

    public async Task<MethodClaim> RecoverAsync(LabRun run, long brokenAtNs, CancellationToken cancellationToken)
    {
        await foreach (var (result, at) in _results!.ReadAllAsync(cancellationToken))
        {
            // A snapshot, for one, is a pause of its own before the break.
            var endedNs = at - brokenAtNs;
            if (endedNs > 0 && result is { Outcome: RecoveryOutcome.Recovered, After: { } after })
                return new(after.OffsetNs, after.BoundNs, endedNs - result.TookNs + result.ProofNs) { MeasuredNs = endedNs, Detail = result.Detail };
        }

        return MethodClaim.Nothing;
    }

    /// <summary>The daemon of one run.</summary>
    private sealed class Watching : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Channel<(RecoveryResult Result, long EndedNs)> _results = Channel.CreateUnbounded<(RecoveryResult Result, long EndedNs)>();
        private readonly Task _task;

        public Watching(Func<ChannelWriter<(RecoveryResult Result, long EndedNs)>, CancellationToken, Task> start) => _task = start(_results.Writer, _stop.Token);

        public ChannelReader<(RecoveryResult Result, long EndedNs)> Results => _results.Reader;

        public void ForgetResults()
        {
            while (_results.Reader.TryRead(out _))
            {
                // What it found before the break is none of our business.
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _stop.Dispose();
        }
    }
}
