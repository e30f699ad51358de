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
        IReadOnlyList<Figure> figures = [.. requests.SelectMany((r, i) => Figures(r, i + 1))];
        if (broken.Count > 0)
        {
            var worst = broken.MaxBy(r => Math.Abs((r.SeenKhz ?? r.SaidKhz ?? (double)r.AskedKhz) - r.AskedKhz))!;
            return TrialFinding.Warning($"KVM grants a guest {worst.AskedKhz} kHz, but {Instead(worst, tolerance)}", figures) with
            {
                Means = new(Linux(worst.IsScaled), "Windows with an invariant TSC runs wrong by the difference", "do not bring guests here that were started at another frequency, though KVM grants it"),
            };
        }

        if (granted.Any(r => r.SeenKhz is null))
            return TrialFinding.Unknown("KVM grants a TSC frequency that was then not measured", $"asked: {string.Join(", ", requests.Select(r => $"{r.AskedKhz} kHz"))}") with { Figures = figures };
        if (granted.Find(r => Margin.IsCoarse(r.SeenKhz ?? 0, r.SeenBoundKhz ?? 0, Allowed(r, tolerance))) is { } coarse)
            return TooCoarse("a guest's TSC frequency", Say.Khz(coarse.SeenBoundKhz ?? 0), [.. figures]);
        var refused = requests.Count - granted.Count;
        if (evidence.Kvm.TscScaling.Is(scales => !scales) && evidence.Kvm.TscKhz.TryGet(out var host) && granted.Find(r => Beyond(r.AskedKhz, host, tolerance)) is { } caught)
        {
            return TrialFinding.Info($"KVM grants a guest {caught.AskedKhz} kHz and keeps to it, but only by letting the TSC catch up", figures) with
            {
                Reason = "the CPU does not scale it",
                Means = new("the guest's TSC runs unevenly, and ptp_kvm is refused in it", "the performance counter runs unevenly",
                    "guests of another frequency may come here, but their time is worse than where they were"),
            };
        }

        return refused == 0
            ? TrialFinding.Pass($"KVM grants {Requests(requests.Count)} and gives the guest that frequency to within {tolerance} ppm", figures)
            : TrialFinding.Info($"KVM grants {granted.Count} of {Requests(requests.Count)}, and refuses the others rather than give a wrong frequency", figures) with
            {
                Reason = requests.First(r => r.Error is not null) is var first ? $"{first.AskedKhz} kHz: {first.Error}" : null,
                Means = new(Migration: "guests with a fixed frequency that this host does not have are refused, and stay where they are"),
            };
    }

    /// <param name="followsRequest">Whether the structure's multiplier is that of the granted frequency.</param>
    private static string Linux(bool? followsRequest) => followsRequest switch
    {
        true => "such a guest runs wrong by the difference, on the clock source tsc and on kvm-clock",
        false => "such a guest runs wrong by the difference on the clock source tsc; kvm-clock stays right",
        _ => "such a guest runs wrong by the difference on the clock source tsc",
    };

    private static bool IsBroken(TscRateRequest r, long tolerancePpm) =>
        SaysOther(r, tolerancePpm) || (r.SeenKhz is { } seen && Margin.IsBeyond(seen - r.AskedKhz, r.SeenBoundKhz ?? 0, Allowed(r, tolerancePpm)));

    private static double Allowed(TscRateRequest r, long tolerancePpm) => r.AskedKhz * (tolerancePpm + RoundingPpm) / 1e6;

    private static bool SaysOther(TscRateRequest r, long tolerancePpm) => r.SaidKhz is { } said && Math.Abs((double)said - r.AskedKhz) > Allowed(r, tolerancePpm);

    private static bool Beyond(long asked, long host, long tolerancePpm) => Math.Abs((double)asked - host) > host * (tolerancePpm + RoundingPpm) / 1e6;

    private static string Instead(TscRateRequest r, long tolerancePpm) =>
        r.SeenKhz is { } seen && !SaysOther(r, tolerancePpm) ? $"the guest's TSC then runs at {Say.Khz(seen)}"
        : r.SeenKhz is { } both ? $"then says {r.SaidKhz} kHz, and the guest's TSC runs at {Say.Khz(both)}"
        : $"then says {r.SaidKhz} kHz";

    private static string Requests(int count) => count == 1 ? "one request" : $"{count} requests";

    private static IEnumerable<Figure> Figures(TscRateRequest r, int number)
    {
        yield return new($"asked-{number}", r.AskedKhz, "kHz");
        if (r.Error is null && r.SeenKhz is { } seen)
            yield return new($"seen-{number}", seen, "kHz", r.SeenBoundKhz);
    }
}
