using Guestclock.Checks;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Trials.Kvm;

/// <summary>
/// tsc-frequency-requests: a frequency that KVM_SET_TSC_KHZ takes is the one that the guest then gets. To refuse is right where the CPU does not scale;
/// to take it and not to give it makes a guest's clock run wrong by the difference.
/// </summary>
public sealed class TscFrequencyRequests : KvmTrial
{
    /// <summary>The tolerance is of the host's frequency, not of the asked one, and both are whole kHz.</summary>
    private const double RoundingPpm = 1;

    public override string Id => "tsc-frequency-requests";

    public override string Title => "KVM gives a guest the TSC frequency that it grants";

    protected override TrialFinding JudgeClock(KvmEvidence evidence, Policy policy)
    {
        if (!evidence.TscRates.TryGet(out var requests))
            return NotKnown("what KVM makes of TSC frequency requests", evidence.TscRates);
        if (requests.Count == 0)
            return TrialFinding.Unknown("what KVM makes of TSC frequency requests is not known", "none was made");
        var granted = requests.Where(r => r.Error is null).ToList();
        var tolerance = TscScaling.Tolerance(evidence);
        var broken = granted.Where(r => IsBroken(r, tolerance)).ToList();
        IReadOnlyList<Figure> figures = [.. requests.SelectMany(Figures)];
        if (broken.Count > 0)
        {
            var worst = broken.MaxBy(r => Math.Abs((r.SeenKhz ?? r.SaidKhz ?? (double)r.AskedKhz) - r.AskedKhz))!;
            return TrialFinding.Warning($"KVM grants a guest {worst.AskedKhz} kHz, but {Instead(worst, tolerance)}", figures) with
            {
                Means = new("a guest on the clock source tsc runs wrong by the difference; on kvm-clock it runs right only where the structure follows",
                    "Windows with an invariant TSC runs wrong by the difference", "do not bring guests here that were started at another frequency, though KVM grants it"),
            };
        }

        var refused = requests.Count - granted.Count;
        return refused == 0
            ? TrialFinding.Pass($"KVM grants {Requests(requests.Count)} and gives the guest that frequency to within {tolerance} ppm", figures)
            : TrialFinding.Info($"KVM grants {granted.Count} of {Requests(requests.Count)}, and refuses the others rather than give a wrong frequency", figures) with
            {
                Reason = requests.First(r => r.Error is not null) is var first ? $"{first.AskedKhz} kHz: {first.Error}" : null,
                Means = new(Migration: "guests with a fixed frequency that this host does not have are refused, and stay where they are"),
            };
    }

    private static bool IsBroken(TscRateRequest r, long tolerancePpm) =>
        SaysOther(r, tolerancePpm) || (r.SeenKhz is { } seen && Margin.IsBeyond(seen - r.AskedKhz, r.SeenBoundKhz ?? 0, r.AskedKhz * (tolerancePpm + RoundingPpm) / 1e6));

    private static bool SaysOther(TscRateRequest r, long tolerancePpm) => r.SaidKhz is { } said && Math.Abs((double)said - r.AskedKhz) > r.AskedKhz * tolerancePpm / 1e6;

    private static string Instead(TscRateRequest r, long tolerancePpm) =>
        r.SeenKhz is { } seen && !SaysOther(r, tolerancePpm) ? $"the guest's TSC then runs at {Say.Khz(seen)}"
        : r.SeenKhz is { } both ? $"then says {r.SaidKhz} kHz, and the guest's TSC runs at {Say.Khz(both)}"
        : $"then says {r.SaidKhz} kHz";

    private static string Requests(int count) => count == 1 ? "one request" : $"{count} requests";

    private static IEnumerable<Figure> Figures(TscRateRequest r)
    {
        yield return new($"asked-{r.AskedKhz}", r.AskedKhz, "kHz");
        if (r.Error is null && r.SeenKhz is { } seen)
            yield return new($"seen-{r.AskedKhz}", seen, "kHz", r.SeenBoundKhz);
    }
}
