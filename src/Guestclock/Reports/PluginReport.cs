using System.Globalization;
using Guestclock.Checks;
using Guestclock.Judging;

namespace Guestclock.Reports;

/// <summary>
/// One line as monitoring plugins print it: <c>GUESTCLOCK STATUS - sentence | label=value[unit];warn;crit;min;max</c>
/// (Monitoring Plugins Development Guidelines, "Performance data").
/// </summary>
public static class PluginReport
{
    /// <param name="status">The status that the exit code tells: the verdict's, or ok for a warning that is not to fail.</param>
    public static void Write(Report report, TextWriter output, Policy policy, VerdictStatus status)
    {
        var line = $"GUESTCLOCK {Words.Of(status)} - {Words.Plain(report.Verdict.Summary).Replace('|', '/')}";
        if (report.Verdict.FirstBroken is { } broken)
            line += $" [{broken.Check.Id}]";
        output.WriteLine(line + " | " + string.Join(' ', PerformanceData(report, policy)));
    }

    private static IEnumerable<string> PerformanceData(Report report, Policy policy)
    {
        if (report.Facts.Chrony.Tracking.TryGet(out var tracking))
        {
            yield return Seconds("offset", -tracking.CorrectionNs, policy.OffsetWarning.Value, policy.OffsetCritical.Value);
            yield return Seconds("root_distance", tracking.ErrorBoundNs, policy.RootDistanceWarning.Value, policy.RootDistanceCritical.Value);
        }

        if (report.Facts.Clock.Steal.TryGet(out var steal))
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"steal={steal.Percent:0.##}%;{policy.StealWarningPercent};{policy.StealCriticalPercent};0;100");
        }

        yield return $"critical={report.Count(CheckStatus.Critical)};;;0";
        yield return $"warning={report.Count(CheckStatus.Warning)};;;0";
        yield return $"unknown={report.Count(CheckStatus.Unknown)};;;0";
        yield return $"passed={report.Count(CheckStatus.Pass)};;;0";
    }

    /// <summary>Nanoseconds as seconds; a threshold T is written as the range -T:T, since an offset has two signs.</summary>
    private static string Seconds(string label, long valueNs, long warningNs, long criticalNs) => string.Create(CultureInfo.InvariantCulture,
        $"{label}={valueNs / 1e9:0.000000000}s;{-warningNs / 1e9:0.###}:{warningNs / 1e9:0.###};{-criticalNs / 1e9:0.###}:{criticalNs / 1e9:0.###}");
}
