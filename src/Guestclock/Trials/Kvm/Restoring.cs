using Guestclock.Checks;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Trials.Kvm;

/// <summary>How exactly a clock comes back.</summary>
internal static class Restoring
{
    private const double LeastNs = 10_000;

    /// <summary>The host's realtime may run 500 ppm off its raw clock while NTP corrects it.</summary>
    private const double SlewShare = 500e-6;

    /// <summary>What an exact procedure may leave: reading costs, and the host's own slewing over the time.</summary>
    public static double LimitNs(long spanNs) => LeastNs + Math.Max(0.0, spanNs) * SlewShare;

    public static IReadOnlyList<Figure> Figures(RestoreEvidence restore) =>
    [
        new("down", restore.DownNs, "ns"), new("error", restore.ErrorNs, "ns", restore.BoundNs), .. restore.TscErrorCycles is { } cycles ? [new Figure("tsc-error", cycles, "cycles")] : Array.Empty<Figure>(),
    ];

    /// <summary>By how much the TSC is wrong, in nanoseconds; null where it was not restored or its frequency is not known.</summary>
    public static double? TscErrorNs(RestoreEvidence restore, KvmEvidence evidence) =>
        restore.TscErrorCycles is { } cycles && evidence.Kvm.TscKhz.TryGet(out var khz) && khz > 0 ? Math.Clamp(cycles / (double)khz * 1e6, -9e18, 9e18) : null;

    /// <summary>Warning, or critical where the policy calls an offset of that size so.</summary>
    public static CheckStatus Severity(double error, double bound, Policy policy) =>
        Margin.IsBeyond(error, bound, policy.OffsetCritical.Value) ? CheckStatus.Critical : CheckStatus.Warning;
}
