using Guestclock.Facts;

namespace Guestclock.Checks.Power;

/// <summary>Whether the CPUs' frequency is pinned, now and by the configuration that the next boot applies.</summary>
public static class FrequencyPin
{
    /// <summary>TuneD profiles that set the governor performance (profiles/*/tuned.conf; others include these).</summary>
    private static readonly string[] PinningProfiles =
        ["throughput-performance", "latency-performance", "network-latency", "network-throughput", "virtual-host", "virtual-guest",
            "realtime", "realtime-virtual-host",
            "cpu-partitioning", "hpc-compute", "oracle", "mssql", "postgresql", "sap-hana", "sap-netweaver", "accelerator-performance"];

    /// <summary>The first policy whose frequency may change, or null when all are pinned.</summary>
    public static CpuFrequencyPolicy? Unpinned(IReadOnlyList<CpuFrequencyPolicy> policies) => policies.FirstOrDefault(p => !IsPinned(p));

    /// <summary>One frequency only, or a governor that stays at one end; powersave of intel_pstate and amd-pstate scales in spite of its
    /// name.</summary>
    public static bool IsPinned(CpuFrequencyPolicy policy) =>
        (policy.MinKhz > 0 && policy.MinKhz == policy.MaxKhz) || policy.Governor == "performance"
        || (policy.Governor == "powersave" && !policy.Driver.Contains("pstate", StringComparison.Ordinal));

    /// <summary>What will pin the frequency at boot, as a sentence's part, or null; <paramref name="flaw"/> says what is wrong with a
    /// setting that is there.</summary>
    public static string? AtBoot(MachineFacts facts, out string? flaw)
    {
        flaw = null;
        var power = facts.Power;
        if (power.CpuSpeed.TryGet(out var speed) && power.CpuSpeedEnabled.Is(e => e) && CpuSpeed(facts, speed, out flaw) is { } cpuspeed)
            return cpuspeed;
        if (power.CpuPower.TryGet(out var cpupower) && power.CpuPowerEnabled.Is(e => e)
            && CpuPower(facts, cpupower, ref flaw) is { } governor)
            return $"{power.CpuPower.Source} sets {governor}";
        if (power.TunedEnabled.Is(e => e)
            && power.TunedProfile.Is(p => p.Split(' ').Any(n => PinningProfiles.Contains(n, StringComparer.Ordinal))))
            return $"TuneD's profile {power.TunedProfile.Value} sets the governor performance";
        return facts.Clock.CommandLine.Is(l => l.Value("cpufreq.default_governor") == "performance")
            ? "cpufreq.default_governor=performance" : null;
    }

    /// <summary>cpuspeed: MIN_SPEED = MAX_SPEED (kHz), or GOVERNOR=performance.</summary>
    private static string? CpuSpeed(MachineFacts facts, IReadOnlyDictionary<string, string> settings, out string? flaw)
    {
        flaw = null;
        if (settings.GetValueOrDefault("GOVERNOR") == "performance")
            return "cpuspeed sets the governor performance";
        var min = settings.GetValueOrDefault("MIN_SPEED", "");
        var max = settings.GetValueOrDefault("MAX_SPEED", "");
        if (min.Length == 0 && max.Length == 0)
            return null;
        var highest = Highest(facts);
        if (min != max)
            flaw = $"cpuspeed has MIN_SPEED={min} and MAX_SPEED={max}, which differ";
        else if (highest is not null && min != highest)
            flaw = $"cpuspeed pins {min} kHz, but the highest available frequency is {highest} kHz";
        return flaw is null ? $"cpuspeed pins {min} kHz" : null;
    }

    private static string? CpuPower(MachineFacts facts, IReadOnlyDictionary<string, string> settings, ref string? flaw)
    {
        var options = (settings.GetValueOrDefault("CPUPOWER_START_OPTS") ?? settings.GetValueOrDefault("START_OPTS") ?? "").Split(' ',
            StringSplitOptions.RemoveEmptyEntries);
        var governor = settings.GetValueOrDefault("governor") ?? settings.GetValueOrDefault("GOVERNOR");
        for (var i = 0; i < options.Length; i++)
        {
            if (options[i] is "-g" or "--governor" && i + 1 < options.Length)
                governor = options[i + 1];
            else if (options[i].StartsWith("--governor=", StringComparison.Ordinal))
                governor = options[i]["--governor=".Length..];
            else if (options[i] is "-f" or "--freq" && i + 1 < options.Length)
                return $"the frequency {options[i + 1]}";
        }

        if (governor is not "performance" and not "powersave")
            return null;
        var offered = facts.Power.Frequency.Or([]).FirstOrDefault(p => p.AvailableGovernors.Count > 0)?.AvailableGovernors;
        if (offered is null || offered.Contains(governor, StringComparer.Ordinal))
            return $"the governor {governor}";
        flaw = $"{facts.Power.CpuPower.Source} sets the governor {governor}, but this CPU offers {string.Join(' ', offered)}";
        return null;
    }

    /// <summary>Every CPU can be given the governor performance, as far as is known.</summary>
    public static bool OffersPerformance(MachineFacts facts) => facts.Power.Frequency.Or([])
        .All(p => p.AvailableGovernors.Count == 0 || p.AvailableGovernors.Contains("performance", StringComparer.Ordinal));

    /// <summary>The highest of scaling_available_frequencies, or null.</summary>
    public static string? Highest(MachineFacts facts)
    {
        var all = facts.Power.Frequency.Or([]).SelectMany(p => p.AvailableKhz).ToList();
        return all.Count > 0 ? all.Max().ToString() : null;
    }
}
