using Guestclock.Facts;
using Guestclock.Probes;
using Guestclock.Testing;

namespace Guestclock.Tests.Probes;

public class PowerProbeTests
{
    private const string Cpu = "/sys/devices/system/cpu";

    [Fact]
    public void Reads_policies_states_and_configuration()
    {
        var facts = PowerProbe.Gather(new MemoryMachine()
            .File($"{Cpu}/cpufreq/policy0/scaling_governor", "ondemand\n").File($"{Cpu}/cpufreq/policy0/scaling_driver", "powernow-k8\n")
            .File($"{Cpu}/cpufreq/policy0/scaling_available_governors",
                "ondemand performance \n").File($"{Cpu}/cpufreq/policy0/scaling_available_frequencies", "2400000 1000000 \n")
            .File($"{Cpu}/cpufreq/policy0/scaling_min_freq", "1000000\n").File($"{Cpu}/cpufreq/policy0/scaling_max_freq", "2400000\n")
            .File($"{Cpu}/cpuidle/current_driver", "intel_idle\n")
            .File($"{Cpu}/cpu0/cpuidle/state0/name", "POLL\n").File($"{Cpu}/cpu0/cpuidle/state0/latency",
                "0\n").File($"{Cpu}/cpu0/cpuidle/state0/disable", "0\n")
            .File($"{Cpu}/cpu0/cpuidle/state1/name", "C6\n").File($"{Cpu}/cpu0/cpuidle/state1/latency",
                "133\n").File($"{Cpu}/cpu0/cpuidle/state1/disable", "1\n")
            .File($"{Cpu}/cpu1/cpuidle/state1/disable", "0\n")
            .File("/sys/module/intel_idle/parameters/max_cstate", "9\n")
            .File("/etc/sysconfig/cpuspeed", "MIN_SPEED=2400000\nMAX_SPEED=2400000\n").File("/etc/init.d/cpuspeed",
                "#!/bin/sh").Link("/etc/rc.d/rc3.d/S06cpuspeed", "../init.d/cpuspeed")
            .File("/etc/sysconfig/cpupower", "CPUPOWER_START_OPTS=\"frequency-set -g performance\"\n"));
        var policy = Assert.Single(facts.Frequency.Value!);
        Assert.Equal(("policy0", "ondemand", 2_400_000L), (policy.Name, policy.Governor, policy.MaxKhz));
        Assert.Equal([2_400_000L, 1_000_000L], policy.AvailableKhz);
        Assert.Equal([new(0, 0, "POLL", 0, false), new(0, 1, "C6", 133, true), new(1, 1, "C6", 133, false)], facts.IdleStates.Value!);
        Assert.Equal(9, facts.IntelIdleMaxCState.Value);
        Assert.True(facts.CpuSpeedEnabled.Value);
        Assert.Equal("frequency-set -g performance", facts.CpuPower.Value!["CPUPOWER_START_OPTS"]);
    }

    [Fact]
    public void The_old_place_of_policies_is_read_too() =>
        Assert.Equal("cpu1",
            Assert.Single(PowerProbe.Gather(new MemoryMachine().File($"{Cpu}/cpu1/cpufreq/scaling_governor",
            "performance\n")).Frequency.Value!).Name);

    [Fact]
    public void A_guest_has_none()
    {
        var facts = PowerProbe.Gather(new MemoryMachine().File($"{Cpu}/online", "0-1\n"));
        Assert.Empty(facts.Frequency.Value!);
        Assert.Equal(FactState.Missing, facts.IdleStates.State);
    }
}
