using Guestclock.Fixes;
using Guestclock.Fixes.Runs;

namespace Guestclock.Linux.Fixing;

/// <summary>
/// Performs plans and takes them back. Before the first write there is a journal below the root, in <c>/var/lib/guestclock/fixes/ID/</c>,
/// that holds what is needed to undo the run; so a run that is killed at any point is undone by the next start.
/// </summary>
public sealed class FixEngine : IDisposable
{
    private readonly IReadOnlyList<RunRecord> _runs = [];

    private FixEngine()
    {
    }

    /// <summary>The running machine for null; else the machine whose root this directory is: nothing outside of it is written, and no program runs.</summary>
    /// <exception cref="FixEngineException">The directory cannot be opened.</exception>
    public static FixEngine Open(string? root) => root is "" ? throw new FixEngineException("the root is an empty name") : new();

    /// <summary>
    /// Performs the steps in their order. A step that fails, and a cancellation, end the run, which is undone: its state tells, and
    /// <see cref="RunRecord.Why"/> says why.
    /// </summary>
    /// <param name="now">For the run's id and its record.</param>
    /// <param name="progress">Gets each step's text before it is performed.</param>
    /// <exception cref="FixEngineException">Nothing was changed: another run is under way or was cut short, a file is not as the plan saw it, there is no
    /// room or no permission; or the run could not be undone now: the next start goes on with it.</exception>
    public RunRecord Apply(Plan plan, string version, DateTimeOffset now, Action<string>? progress, CancellationToken cancellationToken) =>
        _runs.FirstOrDefault() ?? throw new FixEngineException("not there yet");

    /// <summary>All runs, the newest one first.</summary>
    /// <exception cref="FixEngineException">The journals may not be read.</exception>
    public IReadOnlyList<RunRecord> Runs() => _runs;

    /// <summary>Sentences about journals that cannot be read; they are left as they are.</summary>
    public IReadOnlyList<string> DamagedRuns() => [.. _runs.Select(r => r.Id)];

    /// <summary>Takes a run back: null is the last one that is applied.</summary>
    /// <param name="force">Also what somebody changed since, and past what cannot be put back.</param>
    /// <exception cref="FixEngineException">There is no such run, it is undone already, a newer one has touched the same files, another one is under way,
    /// or a file cannot be put back: the next start goes on with it.</exception>
    public RunRecord RollBack(string? id, bool force, Action<string>? progress, CancellationToken cancellationToken) =>
        _runs.FirstOrDefault() ?? throw new FixEngineException("there is no run to roll back");

    /// <summary>What a rollback would do with each step: undone, or left with the reason. Nothing is changed.</summary>
    /// <exception cref="FixEngineException">As <see cref="RollBack"/>.</exception>
    public IReadOnlyList<StepRecord> PreviewRollBack(string? id) => _runs.FirstOrDefault()?.Steps ?? throw new FixEngineException("there is no run to roll back");

    /// <summary>Undoes what a run that was killed has left; to be called before a plan is made. Null: nothing was left.</summary>
    /// <exception cref="FixEngineException">Another run is under way, or a file cannot be put back.</exception>
    public RunRecord? Recover(Action<string>? progress = null) => _runs.FirstOrDefault();

    public void Dispose()
    {
    }
}
