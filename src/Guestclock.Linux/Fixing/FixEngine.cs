using Guestclock.Fixes;
using Guestclock.Fixes.Runs;
using Guestclock.Linux.Fixing.Applying;
using Guestclock.Linux.Fixing.Files;
using Guestclock.Linux.Fixing.Journals;
using Guestclock.Linux.Fixing.Undoing;
using Guestclock.Linux.Live;

namespace Guestclock.Linux.Fixing;

/// <summary>
/// Performs plans and takes them back. Before the first write there is a journal below the root, in <c>/var/lib/guestclock/fixes/ID/</c>,
/// that holds what is needed to undo the run; so a run that is killed at any point is undone by the next start.
/// </summary>
public sealed class FixEngine : IDisposable
{
    private readonly FixRoot _root;
    private readonly FixEngineOptions _options;

    private FixEngine(FixRoot root, FixEngineOptions options) => (_root, _options) = (root, options);

    /// <summary>The running machine for null; else the machine whose root this directory is: nothing outside of it is written, and no program runs.</summary>
    /// <exception cref="FixEngineException">The directory cannot be opened.</exception>
    public static FixEngine Open(string? root) => Open(root ?? "/", new() { IsLive = root is null });

    /// <summary>
    /// Performs the steps in their order. A step that fails, and a cancellation, end the run, which is undone: its state tells, and
    /// <see cref="RunRecord.Why"/> says why.
    /// </summary>
    /// <param name="now">For the run's id and its record.</param>
    /// <param name="progress">Gets each step's text before it is performed.</param>
    /// <exception cref="FixEngineException">Nothing was changed: another run is under way or was cut short, a file is not as the plan saw it, there is no
    /// room or no permission; or the run could not be undone now: the next start goes on with it.</exception>
    public RunRecord Apply(Plan plan, string version, DateTimeOffset now, Action<string>? progress, CancellationToken cancellationToken)
    {
        if (plan.Steps.Count == 0)
            throw new FixEngineException("the plan holds no steps");
        var preflight = new Preflight(_root, new(_root, _options.Calls), _options.Definitions);

        // Where it cannot be performed, not even a folder for journals is made.
        if (!HasJournals())
            _ = preflight.Check(plan);
        using var store = new JournalStore(JournalFolder.Make(_root, _options.Calls), _options.Calls);
        using var held = RunLock.Take(store.Folder, _options.Calls);
        var journals = Journals(store, false);
        if (journals.Find(j => j.IsUnfinished) is { } unfinished)
            throw new FixEngineException($"run {unfinished.Id} was cut short: it has to be undone first");
        store.RemoveUnfinished();
        var preparation = preflight.Check(plan);
        var journal = new Journal
        {
            Id = store.FreeId(now),
            Sequence = journals.Count == 0 ? 1 : journals[0].Sequence + 1,
            StartedAt = now,
            Version = version,
            Tag = Unpredictable.Number64().ToString("x16", System.Globalization.CultureInfo.InvariantCulture),
            Folders = preparation.Folders,
            Steps = preparation.Steps,
        };
        journal.Steps[0].IsStarted = true;
        held.Holds(journal.Id, _options.Calls);
        Begin(store, journal, preparation.Contents);
        new Applier(Workshop(store, progress), journal).Run(plan.Steps, cancellationToken);
        return journal.ToRecord();
    }

    /// <summary>All runs, the newest one first.</summary>
    /// <exception cref="FixEngineException">The journals may not be read.</exception>
    public IReadOnlyList<RunRecord> Runs() => [.. Read().Journals.Select(j => j.ToRecord())];

    /// <summary>Sentences about journals that cannot be read; they are left as they are.</summary>
    /// <exception cref="FixEngineException">As <see cref="Runs"/>.</exception>
    public IReadOnlyList<string> DamagedRuns() => Read().Damaged;

    /// <summary>Takes a run back: null is the last one that is applied, where it is forced also one that is undone in part.</summary>
    /// <param name="force">Also what somebody changed since, and past what cannot be put back.</param>
    /// <exception cref="FixEngineException">There is no such run, it is undone already, a newer one has touched the same files, another one is under way,
    /// or a file cannot be put back: the next start goes on with it.</exception>
    public RunRecord RollBack(string? id, bool force, Action<string>? progress, CancellationToken cancellationToken)
    {
        using var store = Find() ?? throw RunChoice.None(id);
        _ = RunChoice.Of(Journals(store, force), id, force);
        using var held = RunLock.Take(store.Folder, _options.Calls);
        var journal = RunChoice.Of(Journals(store, force), id, force);
        if (cancellationToken.IsCancellationRequested)
            throw new FixEngineException("it was interrupted, and nothing was changed");
        held.Holds(journal.Id, _options.Calls);
        if (!journal.IsUnfinished)
            journal.BeginAgain();
        (journal.State, journal.IsForced) = (RunState.Undoing, force);
        return Undo(store, journal, progress);
    }

    /// <summary>What a rollback would do with each step: undone, or left with the reason. Nothing is changed.</summary>
    /// <exception cref="FixEngineException">As <see cref="RollBack"/>.</exception>
    public IReadOnlyList<StepRecord> PreviewRollBack(string? id)
    {
        using var store = Find() ?? throw RunChoice.None(id);
        return new Undoer(Workshop(store, null), RunChoice.Of(Journals(store, false), id, false)).Preview();
    }

    /// <summary>Undoes what a run that was killed has left; to be called before a plan is made. Null: nothing was left.</summary>
    /// <exception cref="FixEngineException">Another run is under way, or a file cannot be put back.</exception>
    public RunRecord? Recover(Action<string>? progress = null)
    {
        using var store = Find();
        if (store is null || (!store.HasUnfinished() && !store.Read().Journals.Exists(j => j.IsUnfinished)))
            return null;
        using var held = RunLock.Take(store.Folder, _options.Calls);
        store.RemoveUnfinished();
        if (Journals(store, false).Find(j => j.IsUnfinished) is not { } journal)
            return null;
        held.Holds(journal.Id, _options.Calls);
        if (journal.State == RunState.Applying)
            (journal.State, journal.Why) = (RunState.Undoing, "it was cut short");
        return Undo(store, journal, progress);
    }

    public void Dispose() => _root.Dispose();

    internal static FixEngine Open(string root, FixEngineOptions options) => new(FixRoot.Open(root, options.IsLive), options);

    /// <param name="force">Damaged ones are passed over.</param>
    private static List<Journal> Journals(JournalStore store, bool force)
    {
        var (journals, damaged) = store.Read();
        return damaged.Count > 0 && !force ? throw new FixEngineException(damaged[0]) : journals;
    }

    private static void Begin(JournalStore store, Journal journal, IReadOnlyDictionary<string, byte[]> contents)
    {
        try
        {
            store.Begin(journal, contents);
        }
        catch (FixEngineException e)
        {
            try
            {
                store.RemoveUnfinished();
            }
            catch (FixEngineException)
            {
                // The next start removes it.
            }

            throw new FixEngineException($"the journal cannot be written, so nothing was changed: {e.Message}", e);
        }
    }

    private RunRecord Undo(JournalStore store, Journal journal, Action<string>? progress)
    {
        try
        {
            new Undoer(Workshop(store, progress), journal).Run();
            return journal.ToRecord();
        }
        catch (FixEngineException e)
        {
            throw new FixEngineException($"run {journal.Id} is not undone yet, as {e.Message}; the next start goes on with it", e);
        }
    }

    private (List<Journal> Journals, List<string> Damaged) Read()
    {
        using var store = Find();
        return store is null ? ([], []) : store.Read();
    }

    private bool HasJournals()
    {
        using var store = Find();
        return store is not null;
    }

    private JournalStore? Find() => JournalFolder.Find(_root) is { } folder ? new(folder, _options.Calls) : null;

    private Workshop Workshop(JournalStore store, Action<string>? progress) => new(_root, _options.Calls, store, _options.Definitions, progress);
}
