using Guestclock.Fixes.Runs;
using Guestclock.Fixes.Steps;
using Guestclock.Linux.Fixing;

namespace Guestclock.Linux.Tests.Fixing.Engine;

public class FixEngineTests
{
    public static TheoryData<string> Scenarios => Scenario.FileNames;

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void What_is_applied_stands_there_and_a_rollback_restores_all_of_it(string name)
    {
        var scenario = Scenario.Named(name);
        using var bench = scenario.Set();
        var before = bench.States();
        var run = bench.Apply(scenario.Plan);
        Assert.Equal((RunState.Applied, "20261121-133205"), (run.State, run.Id));
        Assert.All(run.Steps, s => Assert.Equal(StepState.Done, s.State));
        foreach (var step in scenario.Plan.Steps.OfType<FileStep>())
            Assert.Equal(step.After, File.ReadAllBytes(bench.Tree.At(step.Path)));
        foreach (var step in scenario.Plan.Steps.OfType<LinkStep>())
            Assert.Equal(step.After, new FileInfo(bench.Tree.At(step.Path)).LinkTarget);
        Assert.Empty(bench.Leftovers());

        var undone = bench.RollBack();
        Assert.Equal(RunState.RolledBack, undone.State);
        Assert.All(undone.Steps, s => Assert.Equal(StepState.Undone, s.State));
        Assert.Equal(before, bench.States());
        Assert.Empty(bench.Leftovers());
        Assert.Equal("there is no run to roll back", Assert.Throws<FixEngineException>(() => bench.RollBack()).Message);
        Assert.Equal("run 20261121-133205 is rolled back already", Assert.Throws<FixEngineException>(() => bench.RollBack(run.Id)).Message);
    }

    [Fact]
    public void A_machine_that_nothing_was_done_to_has_no_runs_and_no_folder_for_them()
    {
        using var bench = Scenario.Replaced.Set();
        Assert.Empty(bench.Runs());
        Assert.Null(bench.Recover());
        Assert.Throws<FixEngineException>(() => bench.RollBack());
        Assert.False(Directory.Exists(bench.Tree.At("/var")));
    }

    [Fact]
    public void The_journal_is_private()
    {
        using var bench = Scenario.Replaced.Set();
        var run = bench.Apply(Scenario.Replaced.Plan);
        var fixes = bench.Tree.At("/var/lib/guestclock/fixes");
        Assert.Equal("700 700 600 600\n", TempTree.Run("stat", "--printf=%a ", fixes, $"{fixes}/{run.Id}", $"{fixes}/{run.Id}/journal.json", $"{fixes}/{run.Id}/old-0").TrimEnd() + "\n");
    }
}
