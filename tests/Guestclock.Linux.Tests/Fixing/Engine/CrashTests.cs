using Guestclock.Fixes.Runs;
using Guestclock.Linux.Fixing.Files;

namespace Guestclock.Linux.Tests.Fixing.Engine;

/// <summary>The process ends at any call that changes something: every file is entirely old or entirely new, and the next start ends in the old state.</summary>
public class CrashTests
{
    public static TheoryData<string> Scenarios => Scenario.FileNames;

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_run_that_is_killed_anywhere_is_undone_by_the_next_start(string name)
    {
        var scenario = Scenario.Named(name);
        foreach (var killed in Killed(scenario))
        {
            using var bench = killed.Bench;
            bench.Recover();
            killed.AssertOldOrApplied();
        }
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_recovery_that_is_killed_anywhere_is_gone_on_with_by_the_next_start(string name)
    {
        var scenario = Scenario.Named(name);
        var (calls, recoveries) = (CallsOf(scenario), 0);
        for (var k = 1; k <= calls; k++)
        {
            for (var second = 1; ; second += calls > 100 ? 3 : 1)
            {
                using var killed = Kill(scenario, k);
                if (!Crashes(() => killed.Bench.Recover(Faults.CrashAt(second))))
                    break;
                killed.AssertEachOldOrNew();
                killed.Bench.Recover();
                killed.AssertOldOrApplied();
                recoveries++;
            }
        }

        Assert.InRange(recoveries, calls, int.MaxValue);
        TestContext.Current.SendDiagnosticMessage($"{calls} calls, {recoveries} recoveries cut short");
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_rollback_that_is_killed_anywhere_twice_is_gone_on_with(string name)
    {
        var scenario = Scenario.Named(name);
        for (var k = 1; ; k++)
        {
            using var killed = Applied(scenario);
            if (!Crashes(() => killed.Bench.RollBack(faults: Faults.CrashAt(k))))
                return;
            killed.AssertEachOldOrNew();
            for (var second = k; second < k + 7; second += 3)
                Crashes(() => killed.Bench.Recover(Faults.CrashAt(second)));
            killed.Bench.Recover();
            if (killed.Bench.Runs()[0].State == RunState.Applied)
                killed.Bench.RollBack();
            killed.AssertOld();
        }
    }

    [Fact]
    public void A_run_with_a_program_that_is_killed_anywhere_is_undone()
    {
        foreach (var killed in Killed(Scenario.Generated))
        {
            using (killed)
            {
                killed.Bench.Recover();
                if (killed.Bench.Runs() is [{ State: RunState.Applied }])
                    continue;
                Assert.Equal("old\n", killed.Bench.Text("/etc/default/grub"));
                Assert.Equal("old\n", killed.Bench.Text("/boot/grub/grub.cfg"));
                Assert.All(killed.Bench.Runs(), r => Assert.Equal(RunState.RolledBack, r.State));
            }
        }
    }

    private static int CallsOf(Scenario scenario)
    {
        using var bench = scenario.Set();
        var faults = Faults.None();
        bench.Apply(scenario.Plan, faults);
        return faults.Calls;
    }

    private static bool Crashes(Action action)
    {
        try
        {
            action();
            return false;
        }
        catch (SimulatedCrashException)
        {
            return true;
        }
    }

    /// <summary>The scenario, killed at each of its calls.</summary>
    private static IEnumerable<KilledRun> Killed(Scenario scenario)
    {
        for (var k = 1; Kill(scenario, k) is var run; k++)
        {
            if (!run.IsKilled)
            {
                run.Dispose();
                yield break;
            }

            run.AssertEachOldOrNew();
            yield return run;
        }
    }

    private static KilledRun Kill(Scenario scenario, int call)
    {
        var bench = scenario.Set();
        var old = bench.States();
        var isKilled = Crashes(() => bench.Apply(scenario.Plan, Faults.CrashAt(call)));
        return new(scenario, bench, old, isKilled);
    }

    private static KilledRun Applied(Scenario scenario)
    {
        var bench = scenario.Set();
        var old = bench.States();
        Assert.Equal(RunState.Applied, bench.Apply(scenario.Plan).State);
        return new(scenario, bench, old, false);
    }

    private sealed record KilledRun(Scenario Scenario, Workbench Bench, SortedDictionary<string, EntryState> Old, bool IsKilled) : IDisposable
    {
        public void AssertEachOldOrNew() => OldOrNew.Assert(Scenario, Bench, Old);

        public void AssertOld()
        {
            Assert.Equal(Old, Bench.States());
            Assert.Empty(Bench.Leftovers());
            Assert.All(Bench.Runs(), r => Assert.Equal(RunState.RolledBack, r.State));
        }

        /// <summary>Killed when the journal said already that it was applied, it stays so, and can be rolled back.</summary>
        public void AssertOldOrApplied()
        {
            if (Bench.Runs() is [{ State: RunState.Applied }])
                Bench.RollBack();
            AssertOld();
        }

        public void Dispose() => Bench.Dispose();
    }
}
