using Guestclock.Checks.TimeServices;
using Guestclock.Facts;

namespace Guestclock.Fixes.TimeServices;

/// <summary>rtc-sync: chronyd lets the kernel write the RTC, from which the clock starts at boot.</summary>
public sealed class RtcSync : Fix
{
    private const string Why = "the kernel writes the RTC every 11 minutes";

    public override string Name => "rtc-sync";

    public override string Title => "Has the kernel write the RTC";

    public override IReadOnlyList<string> Checks => ["rtc-synced"];

    public override void Plan(FixContext context)
    {
        var isMissing = Situation.Active(context.Facts) is { Kind: TimeServiceKind.Chronyd }
            && context.Facts.Services.ChronyConf.Is(c => c.Last("rtcsync") is null && c.Last("rtcfile") is null);
        var remedy = context.Judged.Finding.Remedy!;
        // An RTC that is wrong now is set by hwclock, once the clock is known to be right.
        if (!isMissing || remedy.Commands.Any(c => c.StartsWith("hwclock", StringComparison.Ordinal)))
            context.LeaveToUser(remedy.Summary, remedy.Commands);
        if (!isMissing)
            return;
        var files = ChronyFiles.Open(context);
        if (files.Conf.Last("rtcsync") is null)
            files.Add("rtcsync", Why);
        files.Activate(Why);
    }
}
