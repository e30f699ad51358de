using Guestclock.Fixes.Runs;
using Guestclock.Linux.Fixing;
using Guestclock.Linux.Native;

namespace Guestclock.Linux.Tests.Fixing.Engine;

/// <summary>Any call fails: a full disk, a read-only file system, a missing permission. One sentence, and nothing is half-written.</summary>
public class FailingCallTests
{
    private static readonly int[] Errnos = [Errno.NoSpace, Errno.ReadOnlyFileSystem, Errno.AccessDenied, Errno.InputOutput, Errno.QuotaExceeded];

    public static TheoryData<string> Scenarios => Scenario.FileNames;

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void One_call_that_fails_ends_the_run_and_all_is_as_before(string name) => Each(name, (scenario, bench, call, errno) =>
    {
        var old = bench.States();
        var faults = Faults.Once(call, errno);
        string why;
        try
        {
            var run = bench.Apply(scenario.Plan, faults);
            if (faults.Calls < call)
                return false;
            Assert.Equal(RunState.RolledBack, run.State);
            why = run.Why!;
        }
        catch (FixEngineException e)
        {
            why = e.Message;
        }

        AssertSentence(why);
        Assert.Equal(old, bench.States());
        Assert.DoesNotContain(bench.Leftovers(), l => l.Contains(".guestclock-", StringComparison.Ordinal));
        bench.Recover();
        Assert.Equal(old, bench.States());
        Assert.Empty(bench.Leftovers());
        return true;
    });

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_disk_that_stays_broken_leaves_the_rest_to_the_next_start(string name) => Each(name, (scenario, bench, call, errno) =>
    {
        var old = bench.States();
        var faults = Faults.Always(call, errno);
        try
        {
            var run = bench.Apply(scenario.Plan, faults);
            if (faults.Calls < call)
                return false;
            Assert.Equal(RunState.RolledBack, run.State);
        }
        catch (FixEngineException e)
        {
            AssertSentence(e.Message);
        }

        OldOrNew.Assert(scenario, bench, old);
        bench.Recover();
        if (bench.Runs() is [{ State: RunState.Applied }])
            bench.RollBack();
        Assert.Equal(old, bench.States());
        Assert.Empty(bench.Leftovers());
        Assert.All(bench.Runs(), r => Assert.Equal(RunState.RolledBack, r.State));
        return true;
    });

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_rollback_whose_call_fails_is_gone_on_with(string name) => Each(name, (scenario, bench, call, errno) =>
    {
        var old = bench.States();
        bench.Apply(scenario.Plan);
        var faults = Faults.Once(call, errno);
        try
        {
            bench.RollBack(faults: faults);
            if (faults.Calls < call)
                return false;
        }
        catch (FixEngineException e)
        {
            AssertSentence(e.Message);
        }

        OldOrNew.Assert(scenario, bench, old);
        if (bench.Recover() is null && bench.Runs()[0].State == RunState.Applied)
            bench.RollBack();
        Assert.Equal(old, bench.States());
        Assert.Empty(bench.Leftovers());
        return true;
    });

    /// <summary>Each call fails once with each number.</summary>
    /// <param name="test">False: there is no such call any more.</param>
    private static void Each(string name, Func<Scenario, Workbench, int, int, bool> test)
    {
        var scenario = Scenario.Named(name);
        for (var call = 1; ; call++)
        {
            // The numbers take turns, so that each meets each kind of call in one of the scenarios.
            using var bench = scenario.Set();
            if (!test(scenario, bench, call, Errnos[call % Errnos.Length]))
                return;
        }
    }

    private static void AssertSentence(string sentence)
    {
        Assert.InRange(sentence.Length, 10, 400);
        Assert.DoesNotContain('\n', sentence);
        Assert.False(sentence.EndsWith('.'), sentence);
    }
}
