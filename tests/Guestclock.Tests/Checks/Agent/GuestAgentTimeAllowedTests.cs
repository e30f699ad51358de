using Guestclock.Checks;
using Guestclock.Checks.Agent;
using Guestclock.Facts;
using Guestclock.Testing;
using static Guestclock.Tests.Checks.Agent.AgentTableFacts;

namespace Guestclock.Tests.Checks.Agent;

public class GuestAgentTimeAllowedTests() : CheckTests(new GuestAgentTimeAllowed())
{
    private static MachineFacts Rules(string blocked, string allowed = "", params string[] sources) =>
        Guest(Sound with { Rules = Some.Known(new AgentRules(List(blocked), List(allowed), sources)) });

    private static string[] List(string names) => names.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("no lists", Guest(Sound), CheckStatus.Pass, "all allowed"),
        new CheckRow("RHEL 8's list", Rules("guest-file-open guest-exec guest-exec-status"), CheckStatus.Pass, "blocked: guest-file-open"),
        new CheckRow("RHEL 9's list", Rules("", "guest-ping guest-get-time guest-set-time"), CheckStatus.Pass, "only 3 allowed"),
        new CheckRow("setting is blocked",
            Rules("guest-set-time", "", "/usr/lib/systemd/system/qemu-guest-agent.service, /etc/sysconfig/qemu-ga"), CheckStatus.Warning,
            "vi /etc/sysconfig/qemu-ga"),
        new CheckRow("setting is not in the list", Rules("", "guest-ping guest-get-time", "process 9").On("rhel", "9.5", OsFamily.RedHat),
            CheckStatus.Warning, "add guest-set-time"),
        new CheckRow("reading is blocked", Rules("guest-get-time"), CheckStatus.Warning, "guest-get-time"),
        new CheckRow("blocked, and the guest steps by itself", Rules("guest-set-time").Steps(), CheckStatus.Info, "by itself"),
        new CheckRow("no hwclock on Debian 12", Guest(Sound with { HwClock = Some.Missing<string>() }), CheckStatus.Warning,
            "apt-get install -y util-linux-extra"),
        new CheckRow("no hwclock on Debian 11", Guest(Sound with { HwClock = Some.Missing<string>() })
            .On("debian", "11", OsFamily.Debian), CheckStatus.Warning, "apt-get install -y util-linux"),
        new CheckRow("hwclock not looked at", Guest(Sound with { HwClock = Some.Not<string>(FactState.NotRecorded) }), CheckStatus.Unknown),
        new CheckRow("lists not readable", Guest(Sound with { Rules = Some.Not<AgentRules>(FactState.Denied) }), CheckStatus.Unknown),
        new CheckRow("no agent", Guest(None), CheckStatus.NotApplicable, "no guest agent"),
        new CheckRow("no channel", Guest(Sound with { Running = Some.Known(false), Channel = Some.Missing<string>() }),
            CheckStatus.NotApplicable, "no channel"),
        new CheckRow("host", Some.KvmHost() with { Agent = Sound }, CheckStatus.NotApplicable),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new GuestAgentTimeAllowed(), row);
}
