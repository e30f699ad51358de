using Guestclock.Checks;
using Guestclock.Judging;
using Guestclock.Testing;
using Guestclock.Trials;
using Guestclock.Trials.Kvm;

namespace Guestclock.Tests.Trials.Kvm;

public class KvmTrialsTests
{
    [Fact]
    public void The_names_are_frozen() => Assert.Equal(
        [
            "kvm-usable", "host-clock-source", "master-clock", "clock-pair", "cpuid-offer", "tsc-frequency", "tsc-scaling", "tsc-frequency-requests", "tsc-offset", "pvclock-structure",
            "pvclock-agreement", "clock-monotonic", "clock-rate", "wall-clock", "clock-pairing", "pause", "restore-with-realtime", "restore-without-realtime",
        ],
        KvmTrials.All.Select(t => t.Id));

    [Fact]
    public void The_page_has_a_row_of_each_in_their_order()
    {
        var rows = File.ReadAllLines(Repository.At("docs", "probe.md")).Where(l => l.StartsWith("| `", StringComparison.Ordinal)).Select(l => string.Join('|', l.Split('|')[1..3]));
        Assert.Equal(KvmTrials.All.Select(t => $" `{t.Id}` | {t.Title} "), rows);
    }

    [Fact]
    public void Each_property_has_its_table()
    {
        var tested = typeof(KvmTrialsTests).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(KvmTrialTests))).Select(t => t.Name);
        Assert.Equal(KvmTrials.All.Select(t => t.GetType().Name + "Tests").Order(StringComparer.Ordinal), tested.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_sound_host_passes_as_a_whole_and_one_that_does_not_run_on_its_TSC_does_not()
    {
        Assert.Equal(new(VerdictStatus.Ok, null), TrialVerdict.Of(TrialVerdict.JudgeAll(KvmTrials.All, SomeKvm.Sound, Policy.Default)));
        var verdict = TrialVerdict.Of(TrialVerdict.JudgeAll(KvmTrials.All, SomeKvm.Unstable(), Policy.Default));
        Assert.Equal((VerdictStatus.Warning, "host-clock-source"), (verdict.Status, verdict.Worst!.Id));
    }
}
