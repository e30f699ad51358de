using Guestclock.Facts;
using Guestclock.Remedies;

namespace Guestclock.Checks.Power;

/// <summary>cpufreq-pinned: without a constant TSC, the CPUs' frequency is pinned, now and after the next boot.</summary>
public sealed class CpufreqPinned : Check
{
    public override string Id => "cpufreq-pinned";

    public override string Title => "The CPU frequency is pinned where the TSC needs it";

    public override CheckGroup Group => CheckGroup.Tsc;

    public override Finding Judge(MachineFacts facts, Policy policy)
    {
        if (PowerScope.NotJudged(facts) is { } other)
            return other;
        var atBoot = FrequencyPin.AtBoot(facts, out var flaw);
        if (!facts.Power.Frequency.TryGet(out var policies))
        {
            if (flaw is not null)
                return Finding.Warning(flaw, Remedy(facts));
            return atBoot is null
                ? Finding.Unknown("whether the CPU frequency changes", facts.Power.Frequency)
                : Finding.Pass($"the frequency is pinned at boot: {atBoot}");
        }

        if (policies.Count == 0)
            return Finding.Pass("the kernel does not change the CPUs' frequency",
                EvidenceItem.Of("cpufreq policies", facts.Power.Frequency, "none"));
        var moving = FrequencyPin.Unpinned(policies);
        var evidence = EvidenceItem.Of("cpufreq", facts.Power.Frequency, Describe(moving ?? policies[0]));
        if (moving is not null)
            return Finding.Warning($"the frequency of {moving.Name} changes under the governor {moving.Governor}, and with it the TSC",
                Remedy(facts), evidence);
        if (flaw is not null)
            return Finding.Warning($"the frequency is pinned now, but {flaw}", Remedy(facts), evidence);
        return atBoot is null
            ? Finding.Info("the frequency is pinned now, but no service was found that pins it at the next boot", evidence)
                with
            { Remedy = Remedy(facts) }
            : Finding.Pass($"the frequency is pinned now and at boot: {atBoot}", evidence);
    }

    private static string Describe(CpuFrequencyPolicy p) => $"{p.Name}: {p.Driver} {p.Governor}, {p.MinKhz} to {p.MaxKhz} kHz";

    private static Remedy Remedy(MachineFacts facts)
    {
        var highest = FrequencyPin.Highest(facts);
        var os = facts.Identity.Os;
        if (!FrequencyPin.OffersPerformance(facts))
            return new("No governor of this CPU pins the frequency: set the firmware to maximum performance, then boot again");
        if (ByDistribution.IsSysV(facts) && os.Is(o => o.Family == OsFamily.RedHat))
        {
            var khz = highest ?? "HIGHEST";
            return new($"Pin the frequency to the highest of scaling_available_frequencies{(highest is null ? "" : $" ({highest} kHz)")}",
            [
                "cat /sys/devices/system/cpu/cpu0/cpufreq/scaling_available_frequencies",
                $"vi /etc/sysconfig/cpuspeed   # MIN_SPEED={khz} and MAX_SPEED={khz}", .. ByDistribution.EnableAndStart(facts, "cpuspeed"),
                    "service cpuspeed restart",
            ]);
        }

        const string Summary = "Pin the frequency with the governor performance, now and at boot";
        if (os.Is(o => o.Family == OsFamily.RedHat))
        {
            return new(Summary,
            [
                ByDistribution.Install(facts, "kernel-tools"),
                    "vi /etc/sysconfig/cpupower   # CPUPOWER_START_OPTS=\"frequency-set -g performance\"",
                .. ByDistribution.EnableAndStart(facts, "cpupower"),
            ]);
        }

        if (os.Is(o => o.Family == OsFamily.Debian))
        {
            return new(Summary, ByDistribution.Install(facts, "cpufrequtils"),
                "echo 'GOVERNOR=\"performance\"' > /etc/default/cpufrequtils",
                "service cpufrequtils restart   # newer releases without cpufrequtils: install linux-cpupower and start it at boot");
        }

        return os.Is(o => o.Family == OsFamily.Suse)
            ? new(Summary, [ByDistribution.Install(facts, "tuned"), .. ByDistribution.EnableAndStart(facts, "tuned"),
                "tuned-adm profile throughput-performance"])
            : new(Summary, "cpupower frequency-set -g performance   # now; make the same happen at boot");
    }
}
