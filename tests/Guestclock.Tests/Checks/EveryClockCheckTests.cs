using Guestclock.Checks;
using Guestclock.Checks.ClockSource;
using Guestclock.Checks.Power;
using Guestclock.Checks.Tsc;
using Guestclock.Facts;
using Guestclock.Testing;
using Guestclock.Tests.Checks.ClockSource;
using Guestclock.Tests.Checks.Power;
using Guestclock.Tests.Checks.Tsc;

namespace Guestclock.Tests.Checks;

/// <summary>Every check of the CPU and the clock source over the machines of all their tables: none throws, and each finding is whole.</summary>
public class EveryClockCheckTests
{
    private static readonly Check[] All =
    [
        new TscConstant(), new TscNonstop(), new TscStable(), new TscSynchronized(), new CstatesLimited(), new CpufreqPinned(),
        new ClocksourceSuitable(), new ClocksourceNotDemoted(), new KvmClockPresent(), new Guestclock.Checks.ClockSource.StealTime(),
    ];

    private static IEnumerable<CheckRow> Machines =>
        new[]
        {
            TscConstantTests.Rows, TscNonstopTests.Rows, TscStableTests.Rows, TscSynchronizedTests.Rows, CstatesLimitedTests.Rows, CpufreqPinnedTests.Rows,
            ClocksourceSuitableTests.Rows, ClocksourceNotDemotedTests.Rows, KvmClockPresentTests.Rows, StealTimeTests.Rows,
        }.SelectMany(rows => rows).Select(row => row.Data);

    [Fact]
    public void Each_finding_is_whole()
    {
        foreach (var check in All)
        {
            foreach (var row in Machines)
            {
                foreach (var facts in Variants(row.Facts))
                    AssertWhole(check, row, check.Judge(facts, Policy.Default));
            }
        }
    }

    /// <summary>The machine, and the machine with one section missing after the other.</summary>
    private static IEnumerable<MachineFacts> Variants(MachineFacts facts) =>
    [
        facts, facts with { Identity = new() }, facts with { Cpu = new() }, facts with { Clock = new() }, facts with { KernelLog = new() },
        facts with { Power = new() }, facts with { Identity = new(), KernelLog = new() }, facts with { Cpu = new() { Cpus = Some.List<CpuInfo>() } },
    ];

    private static void AssertWhole(Check check, CheckRow row, Finding finding)
    {
        var where = $"{check.Id} on {row.Name}\n{CheckRow.AllText(finding)}";
        Assert.False(finding.Summary.Length == 0 || finding.Summary.EndsWith('.') || finding.Summary.Contains("  ", StringComparison.Ordinal), where);
        Assert.True(finding.Status is not (CheckStatus.Warning or CheckStatus.Critical) || finding.Remedy is not null, where);
        Assert.True(finding.Status is not (CheckStatus.Unknown or CheckStatus.NotApplicable) || !string.IsNullOrEmpty(finding.Reason), where);
        Assert.True((finding.Status == CheckStatus.Unknown) == (finding.Because != FactState.Known), where);
        Assert.All(finding.Evidence, e => Assert.False(e.Value.Length == 0 && e.Fact.Length == 0, where));
    }
}
