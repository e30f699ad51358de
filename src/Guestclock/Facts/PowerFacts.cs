namespace Guestclock.Facts;

/// <summary>What changes the CPU's speed or stops it: cpufreq, cpuidle and their configuration.</summary>
public sealed record PowerFacts
{
    public Fact<IReadOnlyList<CpuFrequencyPolicy>> Frequency { get; init; } = Fact<IReadOnlyList<CpuFrequencyPolicy>>.None;

    /// <summary>The cpuidle driver's name: <c>intel_idle</c>, <c>acpi_idle</c>, <c>haltpoll</c>, <c>none</c>.</summary>
    public Fact<string> IdleDriver { get; init; } = Fact<string>.None;

    public Fact<IReadOnlyList<IdleState>> IdleStates { get; init; } = Fact<IReadOnlyList<IdleState>>.None;

    /// <summary>/sys/module/intel_idle/parameters/max_cstate.</summary>
    public Fact<long> IntelIdleMaxCState { get; init; } = Fact<long>.None;

    /// <summary>/sys/module/processor/parameters/max_cstate.</summary>
    public Fact<long> ProcessorMaxCState { get; init; } = Fact<long>.None;

    /// <summary>/etc/sysconfig/cpuspeed of RHEL 4 to 6: its shell variables.</summary>
    public Fact<IReadOnlyDictionary<string, string>> CpuSpeed { get; init; } = Fact<IReadOnlyDictionary<string, string>>.None;

    /// <summary>/etc/sysconfig/cpupower (RHEL 7 on, SUSE), /etc/default/cpupower, /etc/default/cpufrequtils (Debian): its shell
    /// variables.</summary>
    public Fact<IReadOnlyDictionary<string, string>> CpuPower { get; init; } = Fact<IReadOnlyDictionary<string, string>>.None;

    /// <summary>Whether the service that applies the file above starts at boot.</summary>
    public Fact<bool> CpuSpeedEnabled { get; init; } = Fact<bool>.None;

    /// <summary>Whether the service that applies the file above starts at boot.</summary>
    public Fact<bool> CpuPowerEnabled { get; init; } = Fact<bool>.None;

    /// <summary>The profile that TuneD applies (/etc/tuned/active_profile); several names where it merges profiles.</summary>
    public Fact<string> TunedProfile { get; init; } = Fact<string>.None;

    public Fact<bool> TunedEnabled { get; init; } = Fact<bool>.None;
}

/// <summary>One cpufreq policy (/sys/devices/system/cpu/cpufreq/policyN or cpuN/cpufreq). Frequencies in kHz; -1 where not given.</summary>
public sealed record CpuFrequencyPolicy(string Name, string Driver, string Governor, IReadOnlyList<string> AvailableGovernors,
    IReadOnlyList<long> AvailableKhz, long MinKhz, long MaxKhz, long HardwareMinKhz, long HardwareMaxKhz);

/// <summary>One idle state of a CPU (cpuidle/stateN).</summary>
/// <param name="LatencyUs">Exit latency in microseconds.</param>
/// <param name="Disabled">Switched off through sysfs.</param>
public sealed record IdleState(int Cpu, int Index, string Name, long LatencyUs, bool Disabled);
