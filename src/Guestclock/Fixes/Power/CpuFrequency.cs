using Guestclock.Checks.Power;
using Guestclock.Facts;
using Guestclock.Fixes.Steps;
using Guestclock.Probes;
using Guestclock.Remedies;

namespace Guestclock.Fixes.Power;

/// <summary>
/// cpu-frequency: the CPUs keep one frequency, now by the governor performance and at boot by what the machine has for it: TuneD where it starts,
/// else cpuspeed, cpupower or cpufrequtils, else TuneD where it is installed.
/// </summary>
public sealed class CpuFrequency : Fix
{
    public override string Name => "cpu-frequency";

    public override string Title => "Pins the CPU frequency, now and at boot";

    public override IReadOnlyList<string> Checks => ["cpufreq-pinned"];

    public override void Plan(FixContext context)
    {
        var remedy = context.Judged.Finding.Remedy!;
        if (!FrequencyPin.OffersPerformance(context.Facts))
        {
            context.LeaveToUser(remedy.Summary, remedy.Commands);
            return;
        }

        var power = context.Facts.Power;
        var isOldRedHat = ByDistribution.IsSysV(context.Facts) && context.Facts.Identity.Os.Is(o => o.Family == OsFamily.RedHat);
        // What runs now comes first: a service that is started afterwards finds it so, and a rollback gives it back.
        if (!isOldRedHat)
            Now(context);
        var machine = new DraftMachine(context.Files);
        if (power.TunedEnabled.Is(e => e) && Tuned.Plan(context))
            return;
        if (isOldRedHat ? CpuSpeed.Plan(context, machine) : GovernorService.Plan(context, machine))
            Verify(context, machine);
        else if (!UnitState.Find(machine, "tuned").IsKnown || !Tuned.Plan(context))
            context.LeaveToUser(remedy.Summary, remedy.Commands);
    }

    /// <summary>What was written is read again as the check reads it.</summary>
    private static void Verify(FixContext context, DraftMachine machine)
    {
        var read = PowerProbe.Gather(machine);
        var power = context.Facts.Power with
        {
            CpuSpeed = read.CpuSpeed,
            CpuSpeedEnabled = read.CpuSpeedEnabled,
            CpuPower = read.CpuPower,
            CpuPowerEnabled = read.CpuPowerEnabled,
        };
        if (FrequencyPin.AtBoot(context.Facts with { Power = power }, out var flaw) is null)
            throw new FixRefusedException($"the files of this machine do not pin the frequency at boot in a way that is known here{(flaw is null ? "" : $" ({flaw})")}: see by hand");
    }

    private static void Now(FixContext context)
    {
        foreach (var policy in context.Facts.Power.Frequency.Or([]).Where(p => !FrequencyPin.IsPinned(p)))
        {
            var folder = "/sys/devices/system/cpu/" + (policy.Name.StartsWith("policy", StringComparison.Ordinal) ? $"cpufreq/{policy.Name}" : $"{policy.Name}/cpufreq");
            context.Add(new ValueStep($"{folder}/scaling_governor", policy.Governor, "performance") { Effect = Effect.Now }, $"{policy.Name} stays at its highest frequency");
        }
    }
}
