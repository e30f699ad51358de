using Guestclock.Fixes;
using Guestclock.Fixes.Runs;
using Guestclock.Fixes.Steps;
using Guestclock.Linux.Fixing;
using Guestclock.Linux.Machines;
using Guestclock.Linux.Tests.Trees;
using Guestclock.Reports.Fix;
using Guestclock.Testing;

namespace Guestclock.Linux.Tests.Fixing;

/// <summary>Repairs the disk of a stopped machine as <c>fix --root</c> does, and holds everything about it that must hold.</summary>
internal static class FixedTree
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Plans and applies the repairs of these checks. What changes is what tests/fixes/GOLDEN.diff says (written anew where the variable
    /// GUESTCLOCK_UPDATE_GOLDEN is set); the checks no longer fail; a second plan is empty; a rollback restores every byte, mode, time and link.
    /// </summary>
    public static void Repairs(Tree tree, string golden, IReadOnlyList<string> assume, params IReadOnlyList<string> checks)
    {
        using var directory = tree.Written();
        var before = Snapshot(directory);
        var plan = Plan(tree, directory, assume, checks);
        Assert.True(plan.Steps.Count > 0, $"{tree}: nothing is planned: {string.Join("; ", plan.Findings.Select(f => $"{f.Judged.Check.Id} {f.State} {f.Why}"))}");
        Compare(golden, Text(plan));

        using var engine = FixEngine.Open(directory.Root);
        var run = engine.Apply(plan, "test", Now, null, CancellationToken.None);
        Assert.True(run.State == RunState.Applied, $"{tree}: {run.State}: {run.Why}");
        foreach (var step in plan.Steps.OfType<FileStep>())
            Assert.Equal(step.After, File.ReadAllBytes(directory.At(step.Path)));
        var told = tree.Judged(directory, assume);
        Assert.True(!told.Failed.Any(checks.Contains), $"{tree}: still fails: {string.Join(' ', told.Failed.Where(checks.Contains).Select(id => $"{id}: {told.Of(id).Summary}"))}\n{Text(plan)}");
        var second = Plan(tree, directory, assume, checks);
        Assert.True(second.Steps.Count == 0, $"{tree}: a second fix plans\n{Text(second)}");

        var undone = engine.RollBack(null, force: false, null, CancellationToken.None);
        Assert.True(undone.State == RunState.RolledBack, $"{tree}: {undone.State}: {undone.Why}");
        Assert.Equal(before, Snapshot(directory));
    }

    /// <summary>The plan for the disk as it stands in a directory now.</summary>
    public static Plan Plan(Tree tree, TempTree directory, IReadOnlyList<string> assume, params IReadOnlyList<string> checks)
    {
        var told = tree.Judged(directory, assume);
        using var machine = new DirectoryMachine(directory.Root);
        return Planner.Make(told.Facts, told.Judgement, machine, Options(checks));
    }

    /// <summary>The checks named in full, as by <c>--only</c>.</summary>
    public static PlanOptions Options(params IReadOnlyList<string> checks) =>
        new() { Chosen = c => checks.Contains(c.Id, StringComparer.Ordinal), Named = checks.ToHashSet(StringComparer.Ordinal) };

    /// <summary>The plan as a golden file holds it: differences of files, and a line for each other step.</summary>
    public static string Text(Plan plan) =>
        string.Concat(plan.Steps.Select(s => s is FileStep ? string.Concat(StepText.Diff(s, (_, bytes) => bytes).Select(l => l + "\n")) : StepText.Title(s) + "\n"));

    private static void Compare(string golden, string text)
    {
        var file = Repository.At("tests", "fixes", golden + ".diff");
        if (Environment.GetEnvironmentVariable("GUESTCLOCK_UPDATE_GOLDEN") is { Length: > 0 })
            File.WriteAllText(file, text, System.Text.Encoding.Latin1);
        Assert.True(File.Exists(file), $"{file} is missing; set GUESTCLOCK_UPDATE_GOLDEN=1 once, and read it\n{text}");
        Assert.Equal(File.ReadAllText(file, System.Text.Encoding.Latin1), text);
    }

    /// <summary>Every entry below the root but the journal: kind, mode, time of change in ns, and content or link text.</summary>
    private static string Snapshot(TempTree directory) =>
        TempTree.Run("sh", "-c", "cd \"$1\" && find . -path ./var/lib/guestclock -prune -o -type d -printf 'd %m %p\\n' -o -printf '%y %m %T@ %l %p\\n' | grep -v '^d.* ./var/lib$' | grep -v '^d.* ./var$' | sort; "
            + "find . -path ./var/lib/guestclock -prune -o -type f -print0 | sort -z | xargs -0 sha256sum", "sh", directory.Root);
}
