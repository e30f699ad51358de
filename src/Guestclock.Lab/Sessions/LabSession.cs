using System.Diagnostics;
using Guestclock.Lab.Results;

namespace Guestclock.Lab.Sessions;

/// <summary>Works a plan off, one run after another: two at once would disturb each other's round trips.</summary>
public sealed class LabSession(LabPlan plan, LabOptions options, ILabProgress progress, TimeProvider time)
{
    /// <summary>Ends when all is done, or, with what there is until then, when it is cancelled.</summary>
    /// <param name="onRun">Told of each run that has ended, also of those that came to nothing.</param>
    public async Task<LabReport> RunAsync(Action<RunResult> onRun, CancellationToken cancellationToken)
    {
        var startedAt = time.GetUtcNow();
        var runner = new LabRunner(options, progress);
        var results = plan.Cells.Select(_ => new List<RunResult>()).ToList();
        var isInterrupted = false;
        try
        {
            await RunAllAsync(runner, results, onRun, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            isInterrupted = true;
        }

        var setting = new LabSetting(
            options.Version, startedAt, options.Command, runner.Accelerator.Name, runner.Accelerator.Reason,
            runner.Identity?.Kernel ?? "unknown", runner.Identity?.Qemu ?? "of unknown version")
        {
            ErrorNs = options.Error.Ticks * 100,
            ObserveNs = options.Observe.Ticks * 100,
            PatienceNs = options.Patience.Ticks * 100,
        };
        var cells = plan.Cells.Select((cell, i) => new CellResult(cell.Scenario.Name, cell.Method.Name, results[i])).Where(c => c.Runs.Count > 0);
        return new(setting, [.. cells], plan.LeftOut) { IsInterrupted = isInterrupted };
    }

    private async Task RunAllAsync(LabRunner runner, List<List<RunResult>> results, Action<RunResult> onRun, CancellationToken cancellationToken)
    {
        var total = plan.Cells.Count * options.Runs;
        var number = 0;
        var (taken, guessed) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var i = 0; i < plan.Cells.Count; i++)
        {
            var cell = plan.Cells[i];
            for (var run = 1; run <= options.Runs; run++)
            {
                var rest = plan.Cells.Skip(i).Select((c, later) => c.Estimate(options) * (later == 0 ? options.Runs - run + 1 : options.Runs));
                // What has been done so far tells how good the guesses are.
                var factor = guessed > TimeSpan.Zero ? taken / guessed : 1;
                progress.Begins(cell, run, ++number, total, rest.Aggregate(TimeSpan.Zero, (a, b) => a + b) * factor);
                var started = Stopwatch.GetTimestamp();
                var result = await runner.RunAsync(cell, run, cancellationToken);
                taken += Stopwatch.GetElapsedTime(started);
                guessed += cell.Estimate(options);
                results[i].Add(result);
                progress.Ends(result);
                onRun(result);
            }
        }
    }
}
