using Guestclock.Judging;

namespace Guestclock.Reports;

/// <summary>The colour of a verdict at the head of a report, as an SGR number.</summary>
internal static class VerdictColor
{
    public static string Of(VerdictStatus status) => status switch
    {
        VerdictStatus.Critical => "1;31",
        VerdictStatus.Warning => "1;33",
        VerdictStatus.Unknown => "1;35",
        _ => "1;32",
    };
}
