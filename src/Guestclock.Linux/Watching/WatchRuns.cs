using System.Collections.Concurrent;
using Guestclock.Discipline;
using Guestclock.Discipline.Watch;
using Guestclock.Linux.Agents;

namespace Guestclock.Linux.Watching;

/// <summary>Carries out recoveries and measurements beside each other; each is answered once, however it ends.</summary>
/// <param name="open">Opens a guest's agent, and the second one where there is one.</param>
#pragma warning disable CA1001 // A SemaphoreSlim whose wait handle nobody asks for holds nothing, and runs may still hold it at the end.
internal sealed class WatchRuns(Func<string, SyncTarget> open, Action<WatchInput> answer)
#pragma warning restore CA1001
{
    /// <summary>An agent that is there answers much sooner; the watch itself tries again.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(1);

    /// <summary>For a measurement, the opening of the channel included.</summary>
    private static readonly TimeSpan MeasureLimit = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<long, CancellationTokenSource> _running = new();

    private readonly SemaphoreSlim _turns = new(Math.Clamp(Environment.ProcessorCount, 2, 8));

    public void Begin(StartRecovery start, RecoveryPolicy policy) => Begin(
        start.Ticket,
        async token =>
        {
            var runner = new RecoveryRunner(policy) { Turns = _turns, AnswerLimit = AnswerLimit };
            return new RecoveryFinished(start.Guest, start.Ticket, await open(start.Guest).RunAsync(policy, runner, token));
        },
        sentence => new RecoveryFinished(start.Guest, start.Ticket,
            new(start.Guest, RecoveryOutcome.Failed, policy.WithinNs) { Failure = AgentFailure.Transport, Detail = sentence }));

    public void Begin(StartMeasurement start) => Begin(
        start.Ticket,
        async token => await MeasureAsync(start, token),
        sentence => new MeasurementFinished(start.Guest, start.Ticket, null, AgentFailure.Transport, sentence));

    /// <summary>Not on the caller's thread: what a run does about it is not the caller's business.</summary>
    public void Cancel(long ticket)
    {
        if (_running.TryGetValue(ticket, out var run))
            _ = run.CancelAsync();
    }

    /// <param name="broken">What a run comes to that ended in a way which it should not: without an answer its guest would never get another one.</param>
    private void Begin(long ticket, Func<CancellationToken, Task<WatchInput>> run, Func<string, WatchInput> broken)
    {
        var cancellation = new CancellationTokenSource();
        _running[ticket] = cancellation;
        _ = Task.Run(async () =>
        {
            WatchInput end;
            try
            {
                end = await run(cancellation.Token);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                end = broken($"{e.GetType().Name}: {e.Message}");
            }

            _running.TryRemove(ticket, out _);
            answer(end);
        });
    }

    private async Task<MeasurementFinished> MeasureAsync(StartMeasurement start, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(MeasureLimit);
        try
        {
            await using var agent = await open(start.Guest).OpenWithinAsync(MeasureLimit, end.Token);
            return new(start.Guest, start.Ticket, await GuestMeasurement.TakeAsync(agent, _turns, end.Token));
        }
        catch (AgentException e)
        {
            return new(start.Guest, start.Ticket, null, e.Failure, e.Message);
        }
        catch (OperationCanceledException)
        {
            return cancellationToken.IsCancellationRequested ? new(start.Guest, start.Ticket, null)
                : new(start.Guest, start.Ticket, null, AgentFailure.Busy, $"no measurement within {MeasureLimit.TotalSeconds} s");
        }
    }
}
