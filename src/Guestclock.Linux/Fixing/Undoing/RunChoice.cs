using Guestclock.Fixes.Runs;
using Guestclock.Linux.Fixing.Journals;

namespace Guestclock.Linux.Fixing.Undoing;

/// <summary>Which run is rolled back.</summary>
internal static class RunChoice
{
    /// <param name="journals">The newest one first.</param>
    /// <param name="id">Null: the last one that is applied, or that was cut short; where it is forced also one that is undone in part.</param>
    /// <exception cref="FixEngineException">There is none, or it is not its turn.</exception>
    public static Journal Of(List<Journal> journals, string? id, bool force)
    {
        var journal = journals.Find(j => id is null ? IsLeft(j, force) : j.Id == id) ?? throw None(journals, id);
        if (journal.State == RunState.RolledBack)
            throw new FixEngineException($"run {journal.Id} is rolled back already");
        if (journals.Find(j => j.IsUnfinished && j != journal) is { } unfinished)
            throw new FixEngineException($"run {unfinished.Id} was cut short: it has to be undone first");
        var keys = Keys(journal).ToHashSet(StringComparer.Ordinal);
        foreach (var newer in journals.Where(j => j.Sequence > journal.Sequence).Where(j => j.State is RunState.Applied or RunState.PartlyRolledBack))
        {
            if (Keys(newer).FirstOrDefault(keys.Contains) is { } both)
                throw new FixEngineException($"run {newer.Id}, a newer one, has changed {both} too: roll that back first");
        }

        return journal;
    }

    public static FixEngineException None(string? id) => new(id is null ? "there is no run to roll back" : $"there is no run {id}");

    private static FixEngineException None(List<Journal> journals, string? id) =>
        id is null && journals.Find(j => j.State == RunState.PartlyRolledBack) is { } part
            ? new($"run {part.Id} is undone in part, and no other one is left: with --force what was changed since is taken back too") : None(id);

    private static bool IsLeft(Journal journal, bool force) =>
        journal.State == RunState.Applied || journal.IsUnfinished || (force && journal.State == RunState.PartlyRolledBack);

    private static IEnumerable<string> Keys(Journal journal) =>
        journal.Steps.Where(s => s.IsStarted && s.State != StepState.Undone).SelectMany(s => s.Entries.Select(e => e.Path).Concat(s.Action switch
        {
            ValueAction value => [value.Path],
            DomainAction domain => [$"domain {domain.Name}"],
            _ => [],
        }));
}
