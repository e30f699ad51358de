using Guestclock.Discipline;
using Guestclock.Discipline.Watch;
using Guestclock.Json;
using Guestclock.Reports.Sync;
using Guestclock.Testing;

namespace Guestclock.Tests.Reports;

/// <summary>docs/sync.md and docs/watch.md say what the program says.</summary>
public class DocumentationTests
{
    private static string Sync => File.ReadAllText(Repository.At("docs", "sync.md"));

    private static string Watch => File.ReadAllText(Repository.At("docs", "watch.md"));

    [Fact]
    public void Each_failure_is_a_row_with_its_sentence_and_hint()
    {
        foreach (var failure in Enum.GetValues<AgentFailure>())
            Assert.Contains($"\n| `{KebabName.Of(failure)}` | {AgentFailureText.Sentence(failure)} | {AgentFailureText.Hint(failure)} |\n", Sync, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_outcome_stands_beside_an_exit_code()
    {
        foreach (var outcome in Enum.GetValues<RecoveryOutcome>())
            Assert.Contains($"`{KebabName.Of(outcome)}`", Sync, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_metric_has_its_meaning()
    {
        var names = File.ReadAllLines(Repository.At("tests", "Guestclock.Tests", "Reports", "Watch", "metric-names.txt")).Where(l => l.Contains(' ', StringComparison.Ordinal)).Select(l => l.Split(' ')[0]);
        Assert.All(names, name => Assert.Contains($"`{name}`", Watch, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_kind_of_line_is_explained() =>
        Assert.All(Enum.GetValues<WatchRecordKind>(), kind => Assert.Contains($"`{KebabName.Of(kind)}`", Watch, StringComparison.Ordinal));
}
