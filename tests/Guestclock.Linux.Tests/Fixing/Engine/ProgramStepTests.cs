using System.Diagnostics;
using Guestclock.Fixes.Runs;
using Guestclock.Fixes.Steps;
using Guestclock.Linux.Fixing;

namespace Guestclock.Linux.Tests.Fixing.Engine;

/// <summary>Programs, in a tree that counts as the running machine.</summary>
public class ProgramStepTests
{
    private const string Config = "/boot/grub/grub.cfg";
    private static readonly ProgramStep Generate = new("update-grub") { Phase = StepPhase.Generate, Writes = [Config], Undo = [] };

    [Fact]
    public void What_a_program_wrote_is_put_back_and_the_program_runs_again()
    {
        using var bench = Bench("echo \"$@\" >> $root/log; cat $root/etc/default/grub > $root/boot/grub/grub.cfg");
        var run = bench.Apply(Workbench.Plan(Workbench.Replace("/etc/default/grub", "old", "new"), Generate));
        Assert.Equal(RunState.Applied, run.State);
        Assert.Equal("run update-grub", run.Steps[1].Text);
        Assert.Equal("new", bench.Text(Config));
        Assert.Equal(RunState.RolledBack, bench.RollBack().State);
        Assert.Equal("old", bench.Text(Config));
        Assert.Equal("\n\n", bench.Text("/log"));
    }

    [Fact]
    public void A_program_that_fails_is_quoted_and_undoes_the_run()
    {
        using var bench = Bench("echo broken > $root/boot/grub/grub.cfg; echo 'error: no' >&2; printf '\\033[1mline 2\\n'; exit 3");
        var run = bench.Apply(Workbench.Plan(Workbench.Replace("/etc/default/grub", "old", "new"), Generate with { Undo = null }));
        Assert.Equal((RunState.RolledBack, "run update-grub: update-grub failed (exit code 3): error: no /  [1mline 2"), (run.State, run.Why));
        Assert.Equal(("old", "old"), (bench.Text(Config), bench.Text("/etc/default/grub")));
        Assert.Equal([StepState.Undone, StepState.Failed], run.Steps.Select(s => s.State));
    }

    [Fact]
    public void A_program_gets_no_input_no_environment_of_ours_and_no_terminal()
    {
        using var bench = Bench("cat > $root/input; env | grep -v '^\\(_\\|PWD\\|SHLVL\\|OLDPWD\\)=' | sort > $root/environment; tty > $root/terminal; ls -d /proc/self/fd/3 > $root/lock");
        Environment.SetEnvironmentVariable("GUESTCLOCK_TEST_SECRET", "1");
        bench.Apply(Workbench.Plan(Generate));
        Assert.Equal("", bench.Text("/input"));
        Assert.Equal("HOME=/\nLANG=C\nLC_ALL=C\nPATH=/usr/sbin:/usr/bin:/sbin:/bin\nTERM=dumb\n", bench.Text("/environment"));
        Assert.Equal("not a tty\n", bench.Text("/terminal"));
        Assert.Equal("/proc/self/fd/3\n", bench.Text("/lock"));
    }

    [Fact]
    public void A_program_that_does_not_end_is_ended_with_all_that_it_started()
    {
        using var bench = Bench("trap '' TERM; sleep 1000 & echo $! > $root/child; echo $$ > $root/self; wait; sleep 1000");
        var start = Stopwatch.GetTimestamp();
        var run = bench.Apply(Workbench.Plan(Generate with { LimitS = 1, Undo = null }));
        Assert.Equal("run update-grub: update-grub did not end within 1 s, and was ended", run.Why);
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 1, 20);
        Assert.True(IsGone(bench.Text("/child")));
        Assert.True(IsGone(bench.Text("/self")));
    }

    [Fact]
    public void A_program_that_prints_without_end_is_read_on_and_little_is_kept()
    {
        using var bench = Bench("head -c 3000000 /dev/zero | tr '\\0' x; exit 1");
        var run = bench.Apply(Workbench.Plan(Generate with { Undo = null }));
        Assert.InRange(run.Why!.Length, 300, 400);
    }

    [Fact]
    public void A_service_that_keeps_the_output_open_does_not_keep_us()
    {
        using var bench = Bench("sleep 30 & echo $! > $root/service");
        var start = Stopwatch.GetTimestamp();
        var run = bench.Apply(Workbench.Plan(Generate with { Undo = null }));
        var took = Stopwatch.GetElapsedTime(start);
        start = Stopwatch.GetTimestamp();
        var undone = bench.RollBack();
        took += Stopwatch.GetElapsedTime(start);
        TempTree.Run("kill", bench.Text("/service").Trim());
        Assert.Equal((RunState.Applied, RunState.RolledBack), (run.State, undone.State));
        Assert.InRange(took.TotalSeconds, 0, 20);
    }

    [Fact]
    public void A_program_that_is_not_there_or_not_known_is_refused_before_anything_is_written()
    {
        using var bench = Bench("exit 0");
        var grub = Workbench.Replace("/etc/default/grub", "old", "new");
        Assert.Equal("grubby is not installed", Assert.Throws<FixEngineException>(() => bench.Apply(Workbench.Plan(grub, new ProgramStep("grubby")))).Message);
        Assert.Equal("rm is not among the programs that may run", Assert.Throws<FixEngineException>(() => bench.Apply(Workbench.Plan(grub, new ProgramStep("rm")))).Message);
        Assert.Equal("old", bench.Text("/etc/default/grub"));
    }

    [Fact]
    public void Files_that_come_go_and_change_in_a_folder_are_put_back()
    {
        using var bench = Bench("cd $root/boot/loader/entries; echo new > c.conf; rm a.conf; echo changed > b.conf");
        bench.Tree.File("/boot/loader/entries/a.conf", "a").File("/boot/loader/entries/b.conf", "b").Link("/boot/loader/entries/l", "b.conf");
        var before = bench.States();
        var run = bench.Apply(Workbench.Plan(Generate with { Writes = ["/boot/loader/entries/*"], Undo = null }));
        Assert.Equal(RunState.Applied, run.State);
        Assert.NotEqual(before, bench.States());
        Assert.Equal(RunState.RolledBack, bench.RollBack().State);
        Assert.Equal(before, bench.States());
    }

    [Fact]
    public void What_was_generated_anew_since_is_left_and_made_anew_by_the_program()
    {
        using var bench = Bench("cat $root/etc/default/grub > $root/boot/grub/grub.cfg");
        bench.Apply(Workbench.Plan(Workbench.Replace("/etc/default/grub", "old", "new"), Generate));
        bench.Tree.File(Config, "with a newer kernel");
        var run = bench.RollBack();
        Assert.Equal(RunState.RolledBack, run.State);
        Assert.Equal((StepState.Undone, "/boot/grub/grub.cfg was changed since the run"), (run.Steps[1].State, run.Steps[1].Why));
        Assert.Equal("old", bench.Text(Config));
    }

    [Fact]
    public void A_rollback_whose_program_fails_says_so_and_can_be_tried_again()
    {
        using var bench = Bench("test ! -e $root/broken");
        bench.Apply(Workbench.Plan(Workbench.Replace("/etc/default/grub", "old", "new"), Generate));
        bench.Tree.File("/broken");
        var run = bench.RollBack();
        Assert.Equal((RunState.PartlyRolledBack, "update-grub failed (exit code 1)"), (run.State, run.Steps[1].Why));
        Assert.Equal("old", bench.Text("/etc/default/grub"));
        File.Delete(bench.Tree.At("/broken"));
        Assert.Equal(RunState.RolledBack, bench.RollBack(run.Id).State);
    }

    [Fact]
    public void The_disk_of_a_machine_that_does_not_boot_is_rolled_back_without_its_programs()
    {
        using var bench = Bench("echo ran >> $root/log; cat $root/etc/default/grub > $root/boot/grub/grub.cfg");
        bench.Apply(Workbench.Plan(Workbench.Replace("/etc/default/grub", "old", "new"), Generate));
        using (var engine = FixEngine.Open(bench.Tree.Root))
            Assert.Equal(RunState.RolledBack, engine.RollBack(null, false, null, CancellationToken.None).State);
        Assert.Equal(("old", "old", "ran\n"), (bench.Text("/etc/default/grub"), bench.Text(Config), bench.Text("/log")));
    }

    [Fact]
    public void While_a_program_runs_its_run_is_under_way()
    {
        using var bench = Bench("touch $root/started; while test ! -e $root/go; do sleep 0.05; done; echo late > $root/boot/grub/grub.cfg");
        using var engine = bench.Engine(Faults.None());
        var run = new Thread(() =>
        {
            try
            {
                engine.Apply(Workbench.Plan(Generate with { Undo = null }), "0.1.0", Workbench.Now, null, CancellationToken.None);
            }
            catch (Exception e) when (e is ObjectDisposedException or FixEngineException or SimulatedCrashException)
            {
            }
        });
        run.Start();
        Assert.True(SpinWait.SpinUntil(() => File.Exists(bench.Tree.At("/started")), TimeSpan.FromSeconds(20)));

        // The first run still has the lock here: another one is refused, whether or not its program ends.
        Assert.Equal("run 20261121-133205 is under way: wait until it has ended", Assert.Throws<FixEngineException>(() => bench.Recover()).Message);
        bench.Tree.File("/go");
        run.Join();
        Assert.Equal("late\n", bench.Text(Config));
        Assert.Equal(RunState.Applied, bench.Runs()[0].State);
    }

    [Fact]
    public void A_recovery_waits_for_a_program_that_outlives_a_run_that_was_killed()
    {
        for (var k = 20; ; k++)
        {
            using var bench = Bench("echo new > $root/boot/grub/grub.cfg");
            Assert.Throws<SimulatedCrashException>(() => bench.Apply(Workbench.Plan(Generate with { Undo = null }), Faults.CrashAt(k)));
            if (bench.Text(Config) == "old")
                continue;
            using var holder = Process.Start(new ProcessStartInfo("flock", [bench.Tree.At("/var/lib/guestclock/fixes/20261121-133205/program-0"), "sleep", "2"]) { UseShellExecute = false })!;
            Thread.Sleep(500);
            var start = Stopwatch.GetTimestamp();
            Assert.Equal(RunState.RolledBack, bench.Recover()!.State);
            Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0.5, 20);
            Assert.Equal("old", bench.Text(Config));
            holder.WaitForExit();
            return;
        }
    }

    private static bool IsGone(string pid) => SpinWait.SpinUntil(
        () => !File.Exists($"/proc/{pid.Trim()}/stat") || File.ReadAllText($"/proc/{pid.Trim()}/stat").Contains(") Z ", StringComparison.Ordinal), TimeSpan.FromSeconds(5));

    private static Workbench Bench(string script)
    {
        var bench = new Workbench { IsLive = true };
        bench.Tree.File("/etc/default/grub", "old").File(Config, "old").File("/usr/sbin/update-grub", $"#!/bin/sh\nroot=${{0%/usr/sbin/update-grub}}\n{script}\n");
        TempTree.Run("chmod", "755", bench.Tree.At("/usr/sbin/update-grub"));
        return bench;
    }
}
