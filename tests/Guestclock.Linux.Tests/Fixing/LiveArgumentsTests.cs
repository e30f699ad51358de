using Guestclock.Fixes.Steps;
using Guestclock.Linux.Tests.Trees;

namespace Guestclock.Linux.Tests.Fixing;

/// <summary>
/// Running machines whose findings ask for kernel arguments: the files change, a second repair before the reboot finds nothing to do, and the machine
/// that boots from these files is sound.
/// </summary>
public class LiveArgumentsTests
{
    public static TheoryData<string> Names =>
        ["RHEL 7", "RHEL 8", "RHEL 9", "Fedora", "Debian 12 chrony", "Ubuntu 25.10", "SLES 15 SP6", "openSUSE Tumbleweed"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Deep_C_states_of_a_host_without_a_constant_TSC(string name) => Mends(name, "",
        t => t.AsHost().Cpus("vmx").ClockSource("hpet", "hpet acpi_pm").Kvm(0).Power("ondemand", "powernow-k8", "POLL", "C1", "C2"),
        t => t.AsHost().Cpus("vmx").Power("performance", "powernow-k8", "POLL", "C1"),
        "cstates-limited", "tsc-nonstop");

    [Theory]
    [MemberData(nameof(Names))]
    public void A_host_that_was_told_not_to_use_its_TSC(string name) => Mends(name, "notsc",
        t => t.AsHost().ClockSource("hpet", "hpet acpi_pm").Kvm(0).Log("tsc: Marking TSC unstable due to boot parameter notsc"), t => t.AsHost(),
        "tsc-stable", "boot-parameters");

    [Theory]
    [MemberData(nameof(Names))]
    public void A_host_that_was_told_to_use_hpet(string name) => Mends(name, "clocksource=hpet",
        t => t.AsHost().ClockSource("hpet", "tsc hpet acpi_pm").Kvm(0), t => t.AsHost(), "clocksource-suitable", "boot-parameters");

    [Theory]
    [MemberData(nameof(Names))]
    public void A_guest_that_was_told_to_use_no_kvm_clock(string name) => Mends(name, "no-kvmclock",
        t => t.AsKvmGuest().ClockSource("acpi_pm", "tsc acpi_pm"), t => t.AsKvmGuest(), "kvm-clock-present", "phc-available", "boot-parameters");

    private static void Mends(string name, string argument, Func<Tree, Tree> sick, Func<Tree, Tree> sound, params string[] checks)
    {
        Tree Disk() => argument.Length == 0 ? Family.Disk(name) : KernelArgumentsTreeTests.With(Family.Disk(name), argument);
        var broken = sick(Disk());
        var told = broken.Judged();
        Assert.All(checks, id => Assert.True(told.Of(id).Remedy?.Arguments is not null, $"{id}: {told.Of(id)}"));
        var options = FixedTree.Options(checks);
        var files = broken.Planned([], options).Steps.OfType<FileStep>().ToList();
        Assert.NotEmpty(files);
        foreach (var step in files)
            broken.File(step.Path, step.After);
        Assert.Empty(broken.Planned([], options).Steps.OfType<FileStep>());

        var disk = Disk();
        foreach (var step in files)
            disk.File(step.Path, step.After);
        disk.CommandLine = broken.Judged().Facts.Boot.DefaultEntry!.Arguments.Text;
        var mended = sound(disk).Judged();
        Assert.All(checks.Append("boot-parameters-persist"), id => Assert.False(mended.Failed.Contains(id), $"{id}: {mended.Of(id)}\n{disk.CommandLine}"));
        // The module of the clock that kvm-clock brings back is another repair's matter.
        Assert.Empty(sound(disk).Planned([], FixedTree.Options([.. checks.Except(["phc-available"])])).Steps);
    }
}
