using System.Globalization;
using Guestclock.Checks;
using Guestclock.Trials.Clocks.Evidence;

namespace Guestclock.Trials.Clocks;

/// <summary><c>tsc-rate</c>: the CPU's counter runs at the frequency that it is said to have.</summary>
public sealed class TscRateTrial : ClockTrial
{
    public override string Id => "tsc-rate";

    public override string Title => "The TSC runs at its stated frequency";

    public override ClockParts Needs => ClockParts.Rates;

    public override TrialFinding Judge(ClocksEvidence evidence, Policy policy)
    {
        if (!evidence.TscRate.TryGet(out var tsc))
            return NotKnown(evidence.TscRate, "the frequency of the TSC is not known");
        var measured = new Figure("frequency", tsc.Khz, "kHz", tsc.BoundKhz);
        var khz = $"{tsc.Khz.ToString("0.###", CultureInfo.InvariantCulture)} kHz";
        if (tsc.NominalKhz is not { } nominal)
            return TrialFinding.Info($"the TSC runs at {khz}", measured) with { Reason = "neither the kernel's log nor CPUID nor kvm-clock states a frequency to compare with" };
        var error = (tsc.Khz / nominal - 1) * 1e6;
        // The stated frequency is a whole number of kHz, cut off or rounded.
        var bound = (tsc.BoundKhz + 1) / nominal * 1e6;
        var summary = $"the TSC runs at {khz}, {Ppm.Of(error, bound)} from the stated {nominal} kHz";
        Figure[] figures = [measured, new("rate-error", error, "ppm", bound)];
        var reason = evidence.ClockSource.Is(s => s == "tsc") ? "CLOCK_MONOTONIC_RAW is itself counted by the TSC, so this shows only that the kernel uses the stated frequency" : null;
        var finding = Ppm.Judge(summary, error, bound, policy,
            new("programs that compute time from the TSC are wrong by as much", Migration: "the hosts' TSCs differ, or the hypervisor scales them wrongly"), figures);
        return finding.Reason is null ? finding with { Reason = reason } : finding;
    }
}
