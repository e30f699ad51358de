using Guestclock.Facts;
using Guestclock.Formats.Domains;

namespace Guestclock.Checks.Domain;

/// <summary>
/// domain-clock: the RTC that a guest finds at its start holds what its system expects, and runs on while the guest is paused.
/// </summary>
public sealed class DomainClock : Check, IDomainRules
{
    /// <summary>An RTC that is further from UTC than this was set wrongly by the guest.</summary>
    private const long MostAdjustmentSeconds = 60;

    private const string UtcXml = "<clock offset='utc'>";
    private const string LocalXml = "<clock offset='localtime'>";

    public override string Id => "domain-clock";

    public override string Title => "Every virtual machine's RTC suits its system";

    public override CheckGroup Group => CheckGroup.Domain;

    public override Finding Judge(MachineFacts facts, Policy policy) =>
        DomainJudge.All(facts, this, "virtual machine", "the RTC suits the guest's system");

    bool IDomainRules.Concerns(JudgedDomain domain) => true;

    IReadOnlyList<DomainFault> IDomainRules.Faults(JudgedDomain domain, MachineFacts facts)
    {
        var definition = domain.Definition;
        var faults = new List<DomainFault>();
        if (Offset(definition, facts.Libvirt.TimeZone.Is(IsUtc)) is { } fault)
            faults.Add(fault);
        if (definition.Timer("rtc")?.Track == "guest")
        {
            faults.Add(new(CheckStatus.Warning,
                "its RTC stands still while it is paused, so that neither hwclock nor virsh domtime --sync puts its clock right",
                "<timer name='rtc' tickpolicy='catchup'/> (without track='guest')", "-rtc clock=host")
            {
                Change = new TimerChange("rtc", "track", null),
            });
        }

        return faults;
    }

    private static DomainFault? Offset(DomainXml d, bool hostIsUtc) => d.ClockOffset switch
    {
        "variable" when d.ClockBasis == "localtime" => Local(d, hostIsUtc),
        "utc" or "variable" => Utc(d, hostIsUtc),
        "localtime" => Local(d, hostIsUtc),
        "timezone" => Local(d, d.ClockValue is { } zone && IsUtc(zone)),
        "absolute" => new(CheckStatus.Warning,
            $"each start sets its RTC to the same date ({d.ClockValue ?? "not given"}), so that its clock goes back",
            d.OsHint == "windows" ? LocalXml : UtcXml, d.OsHint == "windows" ? "-rtc base=localtime" : "-rtc base=utc",
                "--delete startdate")
        {
            Change = new ClockChange(d.OsHint == "windows" ? "localtime" : "utc"),
        },
        _ => new(CheckStatus.Info, $"the clock offset '{d.ClockOffset}' is not known", UtcXml, "-rtc base=utc"),
    };

    private static DomainFault? Utc(DomainXml d, bool hostIsUtc)
    {
        var adjustment = d.AdjustmentSeconds ?? 0;
        if (d.OsHint == "windows")
        {
            if (adjustment is > MostAdjustmentSeconds or < -MostAdjustmentSeconds)
                return null;
            return new(hostIsUtc ? CheckStatus.Info : CheckStatus.Warning,
                "its RTC holds UTC, but Windows reads local time from it unless RealTimeIsUniversal is set in its registry",
                LocalXml, "-rtc base=localtime", "--localtime 1")
            {
                Change = new ClockChange("localtime"),
                MaySetClockWrong = true,
            };
        }

        return d.OsHint == "linux" && adjustment is (> MostAdjustmentSeconds or < -MostAdjustmentSeconds)
            ? new(CheckStatus.Warning, $"its RTC starts {Math.Abs((decimal)adjustment)} s {(adjustment > 0 ? "ahead of" : "behind")} UTC",
                UtcXml, "-rtc base=utc")
            {
                Change = new ClockChange("utc"),
            }
            : null;
    }

    private static DomainFault? Local(DomainXml d, bool isUtc) => d.OsHint == "linux" && !isUtc
        ? new(CheckStatus.Warning,
            "its RTC holds local time, but Linux reads UTC from it: the clock is hours off from each start until a time service steps it",
            UtcXml, "-rtc base=utc", "--localtime 0")
        {
            Change = new ClockChange("utc"),
            MaySetClockWrong = true,
        }
        : null;

    private static bool IsUtc(string zone) =>
        zone is "UTC" or "Etc/UTC" or "Universal" or "Etc/Universal" or "Zulu" or "Etc/Zulu" or "UCT" or "Etc/UCT" or "GMT" or "Etc/GMT";
}
