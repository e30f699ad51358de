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

    public override string Title => "The CPU frequency is pinned, now and at boot";

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
        var isSet = (power.TunedEnabled.Is(e => e) && Tuned.Plan(context))
            || (isOldRedHat ? CpuSpeed.Plan(context, machine) : GovernorService.Plan(context, machine))
            || (UnitState.Find(machine, "tuned").IsKnown && Tuned.Plan(context));
        if (!isSet)
            context.LeaveToUser(remedy.Summary, remedy.Commands);
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
