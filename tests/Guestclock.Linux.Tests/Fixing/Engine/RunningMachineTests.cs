using Guestclock.Fixes.Runs;
using Guestclock.Fixes.Steps;
using Guestclock.Linux.Fixing;
using Guestclock.Linux.Fixing.Programs;

namespace Guestclock.Linux.Tests.Fixing.Engine;

/// <summary>Values, modules and definitions, in a tree that counts as the running machine.</summary>
public class RunningMachineTests
{
    private const string Source = "/sys/devices/system/clocksource/clocksource0/current_clocksource";
    private const string Name = "vm";
    private const string Uri = "qemu:///system";

    [Fact]
    public void A_value_is_set_and_set_back()
    {
        using var bench = new Workbench { IsLive = true };
        bench.Tree.File(Source, "hpet\n");
        bench.Apply(Workbench.Plan(new ValueStep(Source, "hpet", "tsc")));
        Assert.Equal("tsc\n", bench.Text(Source));
        Assert.Equal(RunState.RolledBack, bench.RollBack().State);
        Assert.Equal("hpet\n", bench.Text(Source));
    }

    [Fact]
    public void A_value_that_is_another_since_is_left()
    {
        using var bench = new Workbench { IsLive = true };
        bench.Tree.File(Source, "hpet\n");
        Assert.Equal($"{Source} is 'hpet', and was 'acpi_pm' when the plan was made: plan again",
            Assert.Throws<FixEngineException>(() => bench.Apply(Workbench.Plan(new ValueStep(Source, "acpi_pm", "tsc")))).Message);
        bench.Apply(Workbench.Plan(new ValueStep(Source, "hpet", "tsc")));
        bench.Tree.File(Source, "kvm-clock\n");
        Assert.Equal(RunState.PartlyRolledBack, bench.RollBack().State);
        Assert.Equal("kvm-clock\n", bench.Text(Source));
        Assert.Equal(RunState.RolledBack, bench.RollBack(bench.Runs()[0].Id, force: true).State);
        Assert.Equal("hpet\n", bench.Text(Source));
    }

    [Fact]
    public void A_value_behind_the_kernels_own_link_is_found()
    {
        using var bench = new Workbench { IsLive = true };
        bench.Tree.File("/sys/cpufreq/policy0/scaling_governor", "powersave\n").Link("/sys/cpu0/cpufreq", "../cpufreq/policy0");
        bench.Apply(Workbench.Plan(new ValueStep("/sys/cpu0/cpufreq/scaling_governor", "powersave", "performance")));
        Assert.Equal("performance\n", bench.Text("/sys/cpufreq/policy0/scaling_governor"));
    }

    [Fact]
    public void Only_values_of_the_kernel_are_written_in_place()
    {
        using var bench = new Workbench { IsLive = true };
        bench.Tree.File("/etc/passwd", "x");
        Assert.Equal("/etc/passwd is no value of the kernel",
            Assert.Throws<FixEngineException>(() => bench.Apply(Workbench.Plan(new ValueStep("/etc/passwd", "x", "y")))).Message);
    }

    [Fact]
    public void A_module_is_loaded_and_unloaded_unless_it_was_there_before()
    {
        using var bench = new Workbench { IsLive = true };
        bench.Tree.File("/usr/sbin/modprobe", "#!/bin/sh\nroot=${0%/usr/sbin/modprobe}\necho $@ >> $root/log\ncase $1 in -r) rmdir $root/sys/module/$2;; *) mkdir -p $root/sys/module/$1;; esac\n");
        TempTree.Run("chmod", "755", bench.Tree.At("/usr/sbin/modprobe"));
        bench.Apply(Workbench.Plan(new ModuleStep("ptp_kvm")));
        bench.Apply(Workbench.Plan(new ModuleStep("ptp_kvm")));
        Assert.Equal(RunState.RolledBack, bench.RollBack().State);
        Assert.Equal("ptp_kvm\nptp_kvm\n", bench.Text("/log"));
        Assert.Equal(RunState.RolledBack, bench.RollBack().State);
        Assert.Equal("ptp_kvm\nptp_kvm\n-r ptp_kvm\n", bench.Text("/log"));
        Assert.Throws<FixEngineException>(() => bench.Apply(Workbench.Plan(new ModuleStep("--config=x"))));
    }

    [Fact]
    public void A_definition_is_replaced_and_put_back_unless_it_was_changed_since()
    {
        var domains = new Definitions { Xml = "<domain>a</domain>" };
        using var bench = new Workbench { IsLive = true, Definitions = domains };
        bench.Apply(Workbench.Plan(new DomainStep(Uri, Name, "<domain>a</domain>", "<domain>b</domain>")));
        Assert.Equal("<domain>b</domain> as libvirt says", domains.Xml);
        Assert.Equal(RunState.RolledBack, bench.RollBack().State);
        Assert.Equal("<domain>a</domain>", domains.Xml);

        bench.Apply(Workbench.Plan(new DomainStep(Uri, Name, "<domain>a</domain>", "<domain>b</domain>")));
        domains.Xml = "<domain>c</domain>";
        var run = bench.RollBack();
        Assert.Equal((RunState.PartlyRolledBack, "the definition of domain vm was changed since the run"), (run.State, run.Steps[0].Why));
        Assert.Equal("the definition of domain vm has changed since the plan was made: plan again",
            Assert.Throws<FixEngineException>(() => bench.Apply(Workbench.Plan(new DomainStep(Uri, Name, "<domain>a</domain>", "<domain>b</domain>")))).Message);
    }

    [Fact]
    public void A_running_machines_steps_that_are_killed_anywhere_are_undone()
    {
        for (var k = 1; ; k++)
        {
            var domains = new Definitions { Xml = "a" };
            using var bench = new Workbench { IsLive = true, Definitions = domains };
            bench.Tree.File(Source, "hpet\n");
            try
            {
                bench.Apply(Workbench.Plan(new ValueStep(Source, "hpet", "tsc"), new DomainStep(Uri, Name, "a", "b")), Faults.CrashAt(k));
                return;
            }
            catch (SimulatedCrashException)
            {
                bench.Recover();
                if (bench.Runs() is [{ State: RunState.Applied }])
                    bench.RollBack();
                Assert.Equal(("a", "hpet"), (domains.Xml, bench.Text(Source).TrimEnd('\n', '\0') is "" ? "hpet" : bench.Text(Source).Trim()));
            }
        }
    }

    /// <summary>A libvirt that says things in its own words.</summary>
    private sealed class Definitions : IDomainDefinitions
    {
        public string Xml { get; set; } = "";

        public string Read(string uri, string name) => Xml;

        public string Replace(string uri, string name, string before, string after)
        {
            Assert.Equal(Xml, before);
            return Xml = after == "<domain>b</domain>" ? after + " as libvirt says" : after;
        }
    }
}
