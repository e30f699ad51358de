using Guestclock.Fixes;
using Guestclock.Fixes.Steps;
using Guestclock.Linux.Tests.Trees;

namespace Guestclock.Linux.Tests.Fixing;

/// <summary>What is planned for the time service of a running machine: chronyd's own word first, then its restart, by what manages it.</summary>
public class RunningTimeServiceTests
{
    private const string Program = "ELF -p\t\tPrint configuration and exit\n";

    public static TheoryData<string> Chrony => [.. Family.WithChrony];

    [Theory]
    [MemberData(nameof(Chrony))]
    public void Chronyd_reads_its_files_and_is_restarted(string name)
    {
        var plan = Running(name).Planned([], FixedTree.Options("step-policy"));
        Assert.Single(plan.Steps.OfType<FileStep>());
        Assert.Equal([$"chronyd -p -f {Family.Chrony(name)}", Restart(name)], plan.Steps.OfType<ProgramStep>().Select(s => s.Line));
        Assert.Equal([StepPhase.Files, StepPhase.Validate, StepPhase.Activate], plan.Steps.Select(s => s.Phase));
    }

    [Theory]
    [MemberData(nameof(Chrony))]
    public void Several_changes_are_one_restart(string name)
    {
        var plan = Running(name).Replace(Family.Chrony(name), "\nrtcsync\n", "\n").Append(Family.Chrony(name), "refclock PHC /dev/ptp0 poll 3\n")
            .Ptp("KVM virtual PTP", "ptp_kvm").Planned([], FixedTree.Options("step-policy", "rtc-synced", "phc-refclock"));
        Assert.Equal([$"chronyd -p -f {Family.Chrony(name)}", Restart(name)], plan.Steps.OfType<ProgramStep>().Select(s => s.Line));
        Assert.All(plan.Steps.OfType<ProgramStep>(), s => Assert.Equal(3, s.Reasons.Count));
    }

    /// <summary>A clock that is off would be stepped: that is left out until it is named.</summary>
    [Fact]
    public void A_restart_that_may_step_the_clock_is_left_out()
    {
        var guest = Running("RHEL 9").Chrony([new Heard("192.0.2.1", OffsetS: -3.2), new Heard("192.0.2.2", 4, OffsetS: -3.2), new Heard("192.0.2.3", 4, OffsetS: -3.2)], 3.2);
        var plan = guest.Planned([], new PlanOptions { Chosen = c => c.Id == "step-policy" });
        Assert.Equal(["chronyd -p -f /etc/chrony.conf"], plan.Steps.OfType<ProgramStep>().Select(s => s.Line));
        Assert.Equal(["systemctl restart chronyd"], plan.Deferred.OfType<ProgramStep>().Select(s => s.Line));
    }

    [Fact]
    public void Ntpd_of_old_Red_Hat_is_restarted_by_its_script()
    {
        var guest = OldRedHat.Release("6.10", "x86_64").Replace(OldRedHat.Ntp, "tinker panic 0\n", "").AsKvmGuest().NtpdRuns();
        var plan = guest.Planned([], FixedTree.Options("step-policy"));
        Assert.Equal(["/etc/ntp.conf"], plan.Steps.OfType<FileStep>().Select(s => s.Path));
        Assert.Equal(["service ntpd restart"], plan.Steps.OfType<ProgramStep>().Select(s => s.Line));
    }

    [Fact]
    public void The_clock_of_KVM_that_chronyd_has_not_opened_needs_a_restart_only()
    {
        var guest = Family.SteppingAnytime("RHEL 9").AsKvmGuest().Chronyd().PtpKvm(RedHat.Chrony)
            .ChronyHears(new Heard("PHC0", 1, Reach: 0), new Heard("192.0.2.1"), new Heard("192.0.2.2", 4), new Heard("192.0.2.3", 4));
        var plan = guest.Planned([], FixedTree.Options("phc-selected"));
        Assert.Equal(["run systemctl restart chronyd"], plan.Steps.Select(s => s.Key));
    }

    [Theory]
    [MemberData(nameof(Chrony))]
    public void The_clock_of_KVM_is_given_to_chrony_with_its_module(string name)
    {
        var plan = Running(name).Ptp("KVM virtual PTP", "ptp_kvm").File("/proc/modules", "ptp_kvm 12288 1 - Live 0x0\n").Planned([], FixedTree.Options("phc-refclock"));
        Assert.Equal(2, plan.Steps.OfType<FileStep>().Count());
        Assert.Contains(plan.Steps.OfType<FileStep>(), s => s.Path == (name == "Alpine" ? "/etc/modules" : "/etc/modules-load.d/ptp_kvm.conf"));
        Assert.Contains(plan.Steps.OfType<FileStep>(), s => System.Text.Encoding.Latin1.GetString(s.After).EndsWith("refclock PHC /dev/ptp_kvm poll 2 dpoll -2 offset 0 stratum 2\n", StringComparison.Ordinal));
    }

    private static Tree Running(string name) => Family.Disk(name).File(name == "Fedora" ? "/usr/bin/chronyd" : "/usr/sbin/chronyd", Program).AsKvmGuest().Chronyd();

    private static string Restart(string name) => name switch
    {
        "Alpine" => "rc-service chronyd restart",
        _ when name.StartsWith("Debian", StringComparison.Ordinal) || name.StartsWith("Ubuntu", StringComparison.Ordinal) => "systemctl restart chrony",
        _ => "systemctl restart chronyd",
    };
}
