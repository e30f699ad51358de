using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Fixes;
using Guestclock.Testing;
using Guestclock.Trials;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Tests.Trials.Kvm;

/// <summary>One row of a property's table.</summary>
/// <param name="Says">A text that the summary, the reason, the meaning or the fix must contain; null: not looked at.</param>
public sealed record KvmRow(string Name, KvmEvidence Evidence, CheckStatus Status, string? Says = null)
{
    public Policy Policy { get; init; } = Policy.Default;

    public override string ToString() => Name;
}

/// <summary>What holds of every property.</summary>
public abstract class KvmTrialTests(Trial<KvmEvidence> trial)
{
    protected void Holds(KvmRow row)
    {
        var finding = trial.Judge(row.Evidence, row.Policy);
        var text = string.Join('\n', [finding.Summary, finding.Reason, finding.Means.Linux, finding.Means.Windows, finding.Means.Migration, finding.Fix]);
        Assert.True(finding.Status == row.Status, $"{finding.Status} instead of {row.Status}: {text}");
        if (row.Says is not null)
            Assert.Contains(row.Says, text, StringComparison.Ordinal);
        Assert.False(finding.Summary.EndsWith('.'));
        Assert.All(finding.Figures, f => Assert.True(f.Bound is not < 0, f.Name));
        if (finding.Fix is { } fix)
            Assert.NotNull(FixCatalogue.Find(fix));
    }

    [Fact]
    public void A_sound_host_is_not_warned_of() => Assert.True(trial.Judge(SomeKvm.Sound, Policy.Default).Status is CheckStatus.Pass or CheckStatus.Info);

    [Fact]
    public void What_is_not_known_never_passes()
    {
        var usable = new KvmEvidence { Kvm = new() { ApiVersion = Some.Known(12L), MakesMachines = Some.Known(true) } };
        var finding = trial.Judge(usable, Policy.Default);
        Assert.Equal(trial.Id == "kvm-usable" ? CheckStatus.Pass : CheckStatus.Unknown, finding.Status);
        Assert.Equal(CheckStatus.Unknown, trial.Judge(new(), Policy.Default).Status);
    }

    [Fact]
    public void Without_KVM_nothing_is_wrong_with_it()
    {
        var finding = trial.Judge(SomeKvm.Without(FactState.Missing, "/dev/kvm: No such file or directory"), Policy.Default);
        Assert.True(finding.Status == CheckStatus.Unknown || trial.Id == "host-clock-source");
    }

    [Fact]
    public void Another_architecture_has_none_of_it()
    {
        var arm = SomeKvm.Sound with { Host = SomeKvm.Sound.Host with { Architecture = Some.Known("aarch64") } };
        var finding = trial.Judge(arm, Policy.Default);
        Assert.True(trial.Id == "kvm-usable" || (finding.Status == CheckStatus.NotApplicable && finding.Reason!.Contains("aarch64", StringComparison.Ordinal)));
    }
}
