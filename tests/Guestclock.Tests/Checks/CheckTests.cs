using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Testing;

namespace Guestclock.Tests.Checks;

/// <summary>Runs a check's table. A table has at least one passing, one failing, one unknown and one not-applicable row where the check can end so.</summary>
public abstract class CheckTests(Check check)
{
    protected static void Holds(Check check, CheckRow row)
    {
        var finding = check.Judge(row.Facts, row.Policy);
        Assert.True(row.Status == finding.Status, $"{row.Name}: expected {row.Status}, found {finding.Status}\n{CheckRow.AllText(finding)}");
        if (row.Says is not null)
            Assert.Contains(row.Says, CheckRow.AllText(finding), StringComparison.OrdinalIgnoreCase);
        if (finding.Status is CheckStatus.Unknown or CheckStatus.NotApplicable)
            Assert.False(string.IsNullOrWhiteSpace(finding.Reason), "an unknown or not-applicable finding says why");
        if (finding.Status is CheckStatus.Unknown)
            Assert.NotEqual(FactState.Known, finding.Because);
        if (finding.Status is CheckStatus.Warning or CheckStatus.Critical)
            Assert.NotNull(finding.Remedy);
        Assert.False(finding.Summary.EndsWith('.'), "a summary has no full stop");
    }

    [Fact]
    public void No_facts_at_all_throw_nothing()
    {
        var finding = check.Judge(new MachineFacts(), Policy.Default);
        Assert.True(finding.Status is CheckStatus.Unknown or CheckStatus.NotApplicable, CheckRow.AllText(finding));
    }
}
