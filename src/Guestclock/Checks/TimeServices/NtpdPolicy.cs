using System.Globalization;
using Guestclock.Facts;
using Guestclock.Formats.TimeServices;

namespace Guestclock.Checks.TimeServices;

/// <summary>ntpd's thresholds, from <c>tinker</c> lines and its command line (ntp_loopfilter.c, ntpd(8), miscopt.html of the reference
/// implementation).</summary>
/// <param name="StepS">Offsets above it are stepped; 0: never. Default 0.128 s; 600 s with -x.</param>
/// <param name="PanicS">Offsets above it end ntpd; 0: never. Default 1000 s.</param>
internal sealed record NtpdPolicy(double StepS, double PanicS, IReadOnlyList<ConfigDirective> Lines)
{
    /// <summary>A threshold up to this is stepped or slewed away within two minutes by chronyd, and ntpd has no need of a higher one.</summary>
    public const double SaneStepS = 10;

    private const double DefaultStepS = 0.128;
    private const double SlewStepS = 600;
    private const double DefaultPanicS = 1000;

    /// <summary>busybox's ntpd (STEP_THRESHOLD of networking/ntpd.c); it has no panic threshold.</summary>
    private const double BusyboxStepS = 1;

    /// <summary>What a pause leaves is stepped, not slewed.</summary>
    public bool StepsSoon => StepS is > 0 and <= SaneStepS;

    public static NtpdPolicy Of(MachineFacts facts, TimeService ntpd)
    {
        if (IsBusybox(facts, ntpd))
            return new(BusyboxStepS, 0, []);
        var step = DaemonOptions.Ntpd(ntpd.Arguments).Has('x') ? SlewStepS : DefaultStepS;
        var panic = DefaultPanicS;
        var lines = facts.Services.NtpConf.TryGet(out var conf) && conf.Kind == ntpd.Kind ? conf.All("tinker").ToList() : [];
        foreach (var line in lines)
        {
            step = Number(line.Option("step")) ?? step;
            panic = Number(line.Option("panic")) ?? panic;
        }

        return new(step, panic, lines);
    }

    /// <summary>Its -p names a server, where that of the others names the file for the process id; it needs no ntp.conf.</summary>
    public static bool IsBusybox(MachineFacts facts, TimeService ntpd) => ntpd.Kind == TimeServiceKind.Ntpd
        && facts.Services.NtpConf.State == FactState.Missing && DaemonOptions.Ntpd(ntpd.Arguments).Argument('p') is [not '/', ..];

    /// <summary>With a step threshold of 0 or above 0.5 s, or with "disable kernel", ntpd does not use the kernel's discipline.</summary>
    public static bool LeavesKernelAlone(MachineFacts facts, TimeService ntpd)
    {
        var policy = Of(facts, ntpd);
        return policy.StepS is <= 0 or > 0.5 || (facts.Services.NtpConf.TryGet(out var conf)
            && conf.All("disable").Any(d => d.Has("kernel")));
    }

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
}
