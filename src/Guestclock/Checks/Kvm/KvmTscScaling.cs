using System.Globalization;
using Guestclock.Facts;

namespace Guestclock.Checks.Kvm;

/// <summary>kvm-tsc-scaling: guests with a fixed TSC frequency can move to hosts with another one.</summary>
public sealed class KvmTscScaling : Check
{
    public override string Id => "kvm-tsc-scaling";

    public override string Title => "Guests can move between hosts of different TSC frequency";

    public override CheckGroup Group => CheckGroup.Kvm;

    public override Finding Judge(MachineFacts facts, Policy policy)
    {
        if (KvmHost.ExcludesX86(facts) is { } excluded)
            return excluded;
        var scaling = facts.Kvm.TscScaling;
        if (!scaling.IsKnown)
            return Finding.Unknown("TSC scaling", scaling);
        var evidence = EvidenceItem.Of("KVM_CAP_TSC_CONTROL", scaling);
        var frequency = EvidenceItem.Of("TSC", facts.Kvm.TscKhz, $"{facts.Kvm.TscKhz.Or(0)} kHz");
        if (scaling.Value)
            return Finding.Pass("the CPU scales a guest's TSC, so that guests may come from hosts of any TSC frequency", evidence,
                frequency);
        var ppm = TscTolerance.Ppm(facts);
        if (!facts.Kvm.TscKhz.TryGet(out var khz))
            return Finding.Info($"without TSC scaling a guest comes here only from hosts within {ppm} ppm of its own", evidence, frequency);
        var range = TscTolerance.Khz(khz, ppm).ToString("F0", CultureInfo.InvariantCulture);
        return Finding.Info(
            $"without TSC scaling a guest comes here only from hosts within {ppm} ppm of {khz} kHz (±{range} kHz)",
            evidence, frequency);
    }
}
