using Guestclock.Fixes.Runs;
using Guestclock.Linux.Fixing;

namespace Guestclock.Linux.Tests.Fixing.Engine;

/// <summary>Several runs, one after the other and at once.</summary>
public class RunsTests
{
    private const string Conf = "/etc/chrony.conf";

    [Fact]
    public void The_second_of_two_runs_at_once_is_refused_with_the_first_ones_id()
    {
        using var bench = Scenario.Mixed.Set();
        string? refusal = null;
        using var engine = bench.Engine();
        var run = engine.Apply(Scenario.Mixed.Plan, "0.1.0", Workbench.Now,
            _ => refusal = Assert.Throws<FixEngineException>(() => bench.Apply(Workbench.Plan(Workbench.Create("/b", "x")))).Message, CancellationToken.None);
        Assert.Equal("run 20261121-133205 is under way: wait until it has ended", refusal);
        Assert.Equal(RunState.Applied, run.State);
        Assert.Equal(RunState.Applied, bench.Apply(Workbench.Plan(Workbench.Create("/b", "x"))).State);
    }

    [Fact]
    public void Runs_of_one_second_have_numbers_and_the_newest_is_listed_and_undone_first()
    {
        using var bench = Scenario.Replaced.Set();
        bench.Apply(Workbench.Plan(Workbench.Replace(Conf, "pool a\n", "b")));
        bench.Apply(Workbench.Plan(Workbench.Replace(Conf, "b", "c")));
        Assert.Equal(["20261121-133205-2", "20261121-133205"], bench.Runs().Select(r => r.Id));
        Assert.Equal("run 20261121-133205-2, a newer one, has changed /etc/chrony.conf too: roll that back first",
            Assert.Throws<FixEngineException>(() => bench.RollBack("20261121-133205")).Message);
        Assert.Equal("20261121-133205-2", bench.RollBack().Id);
        Assert.Equal("b", bench.Text(Conf));
        Assert.Equal("20261121-133205", bench.RollBack().Id);
        Assert.Equal("pool a\n", bench.Text(Conf));
    }

    [Fact]
    public void The_newest_run_is_told_by_its_number_since_the_clock_may_have_been_wrong()
    {
        using var bench = Scenario.Replaced.Set();
        bench.Apply(Workbench.Plan(Workbench.Replace(Conf, "pool a\n", "b")));
        using (var engine = bench.Engine())
            engine.Apply(Workbench.Plan(Workbench.Replace(Conf, "b", "c")), "0.1.0", Workbench.Now.AddYears(-3), null, CancellationToken.None);
        Assert.Equal(["20231121-133205", "20261121-133205"], bench.Runs().Select(r => r.Id));
        Assert.Equal("20231121-133205", bench.RollBack().Id);
    }

    [Fact]
    public void An_older_run_can_be_taken_back_where_newer_ones_changed_other_files()
    {
        using var bench = Scenario.Replaced.Set();
        var first = bench.Apply(Scenario.Replaced.Plan);
        bench.Apply(Workbench.Plan(Workbench.Create("/b", "x")));
        Assert.Equal(RunState.RolledBack, bench.RollBack(first.Id).State);
        Assert.Equal("x", bench.Text("/b"));
    }

    [Fact]
    public void What_somebody_changed_since_is_left_and_said_and_can_be_forced()
    {
        using var bench = Scenario.Mixed.Set();
        var before = bench.States();
        bench.Apply(Scenario.Mixed.Plan);
        bench.Tree.File("/etc/default/grub", "mine");
        File.Delete(bench.Tree.At("/a"));
        var run = bench.RollBack();
        Assert.Equal(RunState.PartlyRolledBack, run.State);
        Assert.Equal((StepState.Left, "/etc/default/grub was changed since the run"), (run.Steps[0].State, run.Steps[0].Why));
        Assert.Equal((StepState.Left, "/a was removed since the run"), (run.Steps[2].State, run.Steps[2].Why));
        Assert.Equal("mine", bench.Text("/etc/default/grub"));
        Assert.Equal(StepState.Undone, run.Steps[1].State);
        Assert.False(Directory.Exists(bench.Tree.At("/etc/modules-load.d")));

        Assert.Equal(RunState.PartlyRolledBack, bench.RollBack(run.Id).State);
        Assert.Equal(RunState.RolledBack, bench.RollBack(run.Id, force: true).State);
        Assert.Equal(before, bench.States());
    }

    [Fact]
    public void What_was_left_is_named_by_the_next_rollback_and_forced_without_the_runs_name()
    {
        using var bench = Scenario.Replaced.Set();
        var before = bench.States();
        var applied = bench.Apply(Scenario.Replaced.Plan);
        bench.Tree.File("/etc/chrony.conf", "mine");
        bench.RollBack();
        Assert.StartsWith($"run {applied.Id} is undone in part", Assert.Throws<FixEngineException>(() => bench.RollBack()).Message, StringComparison.Ordinal);
        Assert.Equal("mine", bench.Text("/etc/chrony.conf"));
        Assert.Equal(RunState.RolledBack, bench.RollBack(force: true).State);
        Assert.Equal(before, bench.States());
    }

    [Fact]
    public void A_preview_says_what_would_be_left_and_changes_nothing()
    {
        using var bench = Scenario.Mixed.Set();
        bench.Apply(Scenario.Mixed.Plan);
        bench.Tree.File("/a", "mine");
        var before = bench.States();
        using var engine = bench.Engine();
        var steps = engine.PreviewRollBack(null);
        Assert.Equal([StepState.Undone, StepState.Undone, StepState.Left, StepState.Undone, StepState.Undone], steps.Select(s => s.State));
        Assert.Equal("/a was changed since the run", steps[2].Why);
        Assert.Equal(before, bench.States());
        Assert.Equal(RunState.Applied, bench.Runs()[0].State);
    }

    [Fact]
    public void An_interruption_between_two_steps_undoes_the_run()
    {
        using var bench = Scenario.Mixed.Set();
        var before = bench.States();
        using var interrupted = new CancellationTokenSource();
        using var engine = bench.Engine();
        var run = engine.Apply(Scenario.Mixed.Plan, "0.1.0", Workbench.Now, text =>
        {
            if (text == "/a")
                interrupted.Cancel();
        }, interrupted.Token);
        Assert.Equal((RunState.RolledBack, "it was interrupted"), (run.State, run.Why));
        Assert.Equal([StepState.Undone, StepState.Undone, StepState.Undone, StepState.Planned, StepState.Planned], run.Steps.Select(s => s.State));
        Assert.Equal(before, bench.States());
    }

    [Fact]
    public void A_file_that_changes_while_the_run_is_under_way_stops_it_and_is_left_alone()
    {
        using var bench = Scenario.Mixed.Set();
        using var engine = bench.Engine();
        var run = engine.Apply(Scenario.Mixed.Plan, "0.1.0", Workbench.Now, text =>
        {
            if (text == "/a")
                bench.Tree.File("/a", "mine");
        }, CancellationToken.None);
        Assert.Equal((RunState.RolledBack, "/a was changed by somebody else meanwhile"), (run.State, run.Why));
        Assert.Equal(StepState.Failed, run.Steps[2].State);
        Assert.Equal("mine", bench.Text("/a"));
        Assert.Equal("GRUB=\"quiet\"\r\n", bench.Text("/etc/default/grub"));
        Assert.Empty(bench.Leftovers());
    }

    [Fact]
    public void A_link_that_is_put_there_while_the_run_is_under_way_leads_nowhere()
    {
        using var bench = Scenario.Mixed.Set();
        using var outside = new TempTree().File("/target", "1");
        using var engine = bench.Engine();
        var run = engine.Apply(Scenario.Mixed.Plan, "0.1.0", Workbench.Now, text =>
        {
            if (text != "/a")
                return;
            File.Delete(bench.Tree.At("/a"));
            bench.Tree.Link("/a", outside.At("/target"));
            Directory.CreateDirectory(bench.Tree.At("/etc"));
        }, CancellationToken.None);
        Assert.Equal(RunState.RolledBack, run.State);
        Assert.Equal("1", File.ReadAllText(outside.At("/target")));
        Assert.Single(Directory.EnumerateFileSystemEntries(outside.Root));
    }

    [Fact]
    public void A_plan_is_refused_while_a_run_that_was_cut_short_waits()
    {
        using var bench = Scenario.Mixed.Set();
        Assert.Throws<SimulatedCrashException>(() => bench.Apply(Scenario.Mixed.Plan, Faults.CrashAt(60)));
        Assert.Equal("run 20261121-133205 was cut short: it has to be undone first",
            Assert.Throws<FixEngineException>(() => bench.Apply(Workbench.Plan(Workbench.Create("/b", "x")))).Message);
        Assert.Equal("it was cut short", bench.Recover()!.Why);
        Assert.Equal(RunState.Applied, bench.Apply(Workbench.Plan(Workbench.Create("/b", "x"))).State);
    }

    [Theory]
    [InlineData("/var")]
    [InlineData("/var/lib")]
    [InlineData("/var/lib/guestclock")]
    public void Journals_stay_inside_the_root_whatever_links_an_image_holds(string link)
    {
        using var outside = new TempTree();
        using var bench = Scenario.Replaced.Set();
        bench.Tree.Link(link, outside.Root);
        Assert.Throws<FixEngineException>(() => bench.Apply(Scenario.Replaced.Plan));
        Assert.Empty(Directory.EnumerateFileSystemEntries(outside.Root));
        Assert.Equal("pool a\n", bench.Text(Conf));
    }

    [Theory]
    [InlineData("/var/lib/guestclock")]
    [InlineData("/var/lib/guestclock/fixes")]
    public void Journals_of_another_user_are_not_believed(string path)
    {
        Assert.SkipUnless(Environment.UserName == "root", "only root gives folders away");
        using var bench = Scenario.Mixed.Set();
        Assert.Throws<SimulatedCrashException>(() => bench.Apply(Scenario.Mixed.Plan, Faults.CrashAt(60)));
        TempTree.Run("chown", "1234", bench.Tree.At(path));
        foreach (var refused in new Action[] { () => bench.Recover(), () => bench.RollBack(), () => bench.Apply(Workbench.Plan(Workbench.Create("/b", "x"))), () => bench.Runs() })
            Assert.StartsWith($"{path} can be written by others", Assert.Throws<FixEngineException>(refused).Message, StringComparison.Ordinal);
        TempTree.Run("chown", "0", bench.Tree.At(path));
        TempTree.Run("chmod", "777", bench.Tree.At(path));
        Assert.Throws<FixEngineException>(() => bench.Recover());
    }

    [Fact]
    public void What_is_no_regular_file_is_not_opened_for_a_lock_or_a_journal()
    {
        using var bench = Scenario.Replaced.Set();
        var run = bench.Apply(Scenario.Replaced.Plan);
        var fixes = bench.Tree.At("/var/lib/guestclock/fixes");
        TempTree.Run("mkfifo", $"{fixes}/{run.Id}/journal.json.new");
        Assert.Equal(RunState.RolledBack, bench.RollBack().State);
        File.Delete($"{fixes}/lock");
        TempTree.Run("mkfifo", $"{fixes}/lock");
        Assert.Equal("/var/lib/guestclock/fixes/lock is a FIFO, not a regular file", Assert.Throws<FixEngineException>(() => bench.Apply(Scenario.Replaced.Plan)).Message);
    }

    [Fact]
    public void A_link_of_var_inside_the_root_is_followed()
    {
        using var bench = Scenario.Replaced.Set();
        Directory.CreateDirectory(bench.Tree.At("/data/var"));
        bench.Tree.Link("/var", "/data/var");
        bench.Apply(Scenario.Replaced.Plan);
        Assert.True(File.Exists(bench.Tree.At("/data/var/lib/guestclock/fixes/20261121-133205/journal.json")));
        Assert.Single(bench.Runs());
    }
}
