using Guestclock.Protocols.Ntp;
using Guestclock.Checks;
using Guestclock.Checks.TimeServices;
using Guestclock.Facts;
using Guestclock.Testing;

namespace Guestclock.Tests.Checks.TimeServices;

public class TimeServersAnswerTests() : CheckTests(new TimeServersAnswer())
{
    private static readonly NtpServerAnswer Good = Answer("a:123", 1_000_000);
    private static readonly NtpServerAnswer Silent = new("b:123", Some.Not<NtpSample>(FactState.TimedOut, "no answer within 1 s"));

    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("one", Asked(Good), CheckStatus.Pass, "a:123 is 1.00 ms"),
        new CheckRow("two", Asked(Good, Answer("c:123", 0)), CheckStatus.Pass, "all 2"),
        new CheckRow("one of two is silent", Asked(Good, Silent), CheckStatus.Warning, "no answer within 1 s"),
        new CheckRow("the only one is silent", Asked(Silent), CheckStatus.Critical, "the only time server, b:123"),
        new CheckRow("none is sane", Asked(Silent, Answer("c:123", 0, "kiss code RATE")), CheckStatus.Critical, "none of 2"),
        new CheckRow("one is not sane", Asked(Good, Answer("c:123", 0, "stratum 16")), CheckStatus.Warning, "stratum 16"),
        new CheckRow("the clock is 20 s behind", Asked(Answer("a:123", 20_000_000_000)), CheckStatus.Critical, "20.0 s behind a:123"),
        new CheckRow("the clock is 90 ms ahead", Asked(Answer("a:123", -90_000_000)), CheckStatus.Warning, "90.0 ms ahead of"),
        new CheckRow("an impossible offset", Asked(Answer("a:123", long.MinValue)), CheckStatus.Critical),
        new CheckRow("no server", Asked(), CheckStatus.NotApplicable, "no NTP server"),
        new CheckRow("not asked", Some.KvmGuest(), CheckStatus.NotApplicable, "--probe-servers"),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new TimeServersAnswer(), row);

    private static NtpServerAnswer Answer(string server, long offsetNs, string? problem = null) =>
        new(server, Some.Known(new NtpSample("192.0.2.1", 2, 0, "GPS", offsetNs, 4_000_000, 5_000_000, problem)));

    private static MachineFacts Asked(params IReadOnlyList<NtpServerAnswer> answers) => Some.KvmGuest()
        with
    { NtpServers = new() { Asked = true, Answers = answers } };
}
