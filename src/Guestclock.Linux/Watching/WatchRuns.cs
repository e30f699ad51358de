using System.Collections.Concurrent;
using Guestclock.Discipline;
using Guestclock.Discipline.Watch;
using Guestclock.Linux.Agents;

namespace Guestclock.Linux.Watching;

/// <summary>Carries out recoveries and measurements beside each other; each is answered once, however it ends.</summary>
/// <param name="open">Opens a guest's agent, and the second one where there is one.</param>
internal sealed class WatchRuns(Func<string, SyncTarget> open, Action<WatchInput> answer) : IDisposable
{
    /// <summary>An agent that is there answers much sooner; the watch itself tries again.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<long, CancellationTokenSource> _running = new();
    private readonly SemaphoreSlim _turns = new(Math.Clamp(Environment.ProcessorCount, 2, 8));

    public void Begin(StartRecovery start, RecoveryPolicy policy) => Begin(start.Ticket, async token =>
    {
        var runner = new RecoveryRunner(policy) { Turns = _turns, AnswerLimit = AnswerLimit };
        answer(new RecoveryFinished(start.Guest, start.Ticket, await open(start.Guest).RunAsync(policy, runner, token)));
    });

    public void Begin(StartMeasurement start) => Begin(start.Ticket, async token => answer(await MeasureAsync(start, token)));

    public void Cancel(long ticket)
    {
        if (_running.TryGetValue(ticket, out var run))
            run.Cancel();
    }

    public void Dispose() => _turns.Dispose();

    private void Begin(long ticket, Func<CancellationToken, Task> run)
    {
        var cancellation = new CancellationTokenSource();
        _running[ticket] = cancellation;
        _ = Task.Run(async () =>
        {
            try
            {
                await run(cancellation.Token);
            }
            finally
            {
                _running.TryRemove(ticket, out _);
            }
        });
    }

    private async Task<MeasurementFinished> MeasureAsync(StartMeasurement start, CancellationToken cancellationToken)
    {
        try
        {
            await using var agent = await open(start.Guest).OpenAsync(cancellationToken);
            return new(start.Guest, start.Ticket, await GuestMeasurement.TakeAsync(agent, _turns, cancellationToken));
        }
        catch (AgentException e)
        {
            return new(start.Guest, start.Ticket, null, e.Failure, e.Message);
        }
        catch (OperationCanceledException)
        {
            return new(start.Guest, start.Ticket, null);
        }
    }
}
