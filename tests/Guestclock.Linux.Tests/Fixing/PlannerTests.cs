using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Fixes;
using Guestclock.Fixes.Steps;
using Guestclock.Judging;
using Guestclock.Linux.Gathering;
using Guestclock.Linux.Machines;
using Guestclock.Linux.Tests.Trees;
using Guestclock.Machines;

namespace Guestclock.Linux.Tests.Fixing;

/// <summary>What becomes of findings in one plan, whatever repairs them.</summary>
public class PlannerTests
{
    private static readonly string[] Guest = ["role=kvm-guest", "pauses=yes"];

    private static Tree Disabled => Family.Disk("Debian 12 chrony").Without("/etc/systemd/system/multi-user.target.wants/chrony.service").Without("/etc/systemd/system/chronyd.service");

    [Fact]
    public void What_a_repair_brings_up_is_planned_in_the_same_run()
    {
        var plan = Make(Disabled, new());
        Assert.Equal(["time-service-enabled", "step-policy"], plan.Findings.Where(f => f.State == FindingState.Planned).Select(f => f.Judged.Check.Id));
        Assert.Contains(plan.Steps, s => s is FileStep { Path: Debian.Chrony });
        Assert.DoesNotContain(Make(Disabled, new(), again: false).Steps, s => s is FileStep);
    }

    [Fact]
    public void What_was_not_chosen_is_not_brought_up() =>
        Assert.Equal(["time-service-enabled"], Make(Disabled, FixedTree.Options("time-service-enabled")).Findings.Select(f => f.Judged.Check.Id));

    [Fact]
    public void Several_changes_of_one_file_are_one_step_with_each_reason()
    {
        var tree = Family.Disk("RHEL 9").Replace(RedHat.Chrony, "\nrtcsync\n", "\n");
        var step = Assert.IsType<FileStep>(Assert.Single(Make(tree, FixedTree.Options("step-policy", "rtc-synced")).Steps));
        Assert.Equal(["rtc-synced", "step-policy"], step.Reasons.Select(r => r.CheckId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_waived_finding_is_not_repaired()
    {
        var policy = Policy.Default with { Waivers = [new("step-policy", "slewed on purpose", new(2030, 1, 1))] };
        Assert.Empty(Make(Family.Disk("RHEL 9"), new(), policy: policy).Findings);
    }

    [Fact]
    public void Without_activation_only_files_change()
    {
        var plan = Running().Planned([], new() { Chosen = c => c.Id == "step-policy", NoActivate = true });
        Assert.Contains(plan.Steps, s => s is FileStep);
        Assert.DoesNotContain(plan.Steps, s => s.Phase == StepPhase.Activate);
        Assert.Empty(plan.Deferred);
    }

    [Fact]
    public void A_finding_of_which_only_a_risky_step_is_left_is_held_back()
    {
        var stopped = Family.SteppingAnytime("RHEL 9").AsKvmGuest().Kernel(synchronised: false).Answer(Questions.Processes, "1\tsystemd\t/sbin/init\n");
        var plan = stopped.Planned([], new() { Chosen = c => c.Id == "time-service-running" });
        var finding = Assert.Single(plan.Findings);
        Assert.Equal((FindingState.HeldBack, Risk.Clock), (finding.State, finding.Risk));
        Assert.Equal("run systemctl start chronyd", Assert.Single(finding.WouldDo).Key);
        Assert.Empty(plan.Steps);
        Assert.Equal(["run systemctl start chronyd"], stopped.Planned([], FixedTree.Options("time-service-running")).Steps.Select(s => s.Key));
    }

    [Fact]
    public void What_changes_the_running_machine_only_is_held_back_without_activation()
    {
        var guest = Family.Disk("RHEL 8").AsKvmGuest().Chronyd().ClockSource("acpi_pm", "kvm-clock tsc acpi_pm");
        Assert.Equal(FindingState.HeldBack, Assert.Single(guest.Planned([], FixedTree.Options("clocksource-suitable") with { NoActivate = true }).Findings).State);
    }

    private static Tree Running() => Family.Disk("RHEL 9").AsKvmGuest().Chronyd();

    private static Plan Make(Tree tree, PlanOptions options, bool again = true, Policy? policy = null)
    {
        using var directory = tree.Written();
        using var machine = new DirectoryMachine(directory.Root);
        var (facts, judgement) = Judged(machine, policy);
        return Planner.Make(facts, judgement, machine, options, again ? m => Judged(m, policy) : null);
    }

    private static (MachineFacts Facts, Judgement Judgement) Judged(IMachine machine, Policy? policy)
    {
        var facts = Assumptions.Apply(new FactGatherer(ProbeList.All, TimeSpan.FromSeconds(60)).Gather(new CachingMachine(new RedactingMachine(machine))), Guest);
        return (facts, Judge.Run(facts, policy ?? Policy.Default, new(2026, 1, 1)));
    }
}
