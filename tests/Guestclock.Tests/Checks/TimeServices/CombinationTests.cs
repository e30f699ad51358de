using Guestclock.Checks;
using Guestclock.Checks.TimeServices;
using Guestclock.Facts;
using Guestclock.Protocols.Chrony;
using Guestclock.Testing;

namespace Guestclock.Tests.Checks.TimeServices;

/// <summary>Whatever facts come together, the checks of time services end with a finding that holds what findings promise.</summary>
public class CombinationTests
{
    private static readonly Check[] Checks =
    [
        new TimeServiceRunning(), new TimeServiceEnabled(), new TimeServiceSingle(), new ClockSynchronized(), new TimeSourcesReachable(),
        new TimeServersAnswer(), new StepPolicy(), new RtcSynced(),
    ];

    private static readonly Func<MachineFacts, MachineFacts>[][] Choices =
    [
        [f => f, f => Some.KvmHost(), f => f.Is(Role.VirtualBoxGuest), f => f.Is(Role.Container), f => f with { Identity = new() }],
        [
            f => f, f => f.Services(),
            f => f.Services(With.Service(TimeServiceKind.Chronyd)), f => f.Services(With.InImage(TimeServiceKind.Chronyd)),
            f => f.Services(With.Service(TimeServiceKind.Chronyd, true, false, "-x"), With.Service(TimeServiceKind.Timemaster)),
            f => f.Services(With.Service(TimeServiceKind.Ntpd) with { Enabled = Some.Missing<bool>(), Unit = "" }),
            f => f.Services([.. Enum.GetValues<TimeServiceKind>().Select(k => With.Service(k))]),
            f => f.Services([.. Enum.GetValues<TimeServiceKind>().Select(k => With.InImage(k))]),
            f => f.Services(With.Service(TimeServiceKind.Phc2sys, true, true, "-S")), f =>
                f.Services(With.Service(TimeServiceKind.Timesyncd)),
        ],
        [
            f => f, f => f.ChronyConf(), f => f.ChronyConf("makestep", "maxchange x", "maxslewrate 0", "server", "refclock PHC"),
            f => f.ChronyConf("makestep 1e308 -1", "maxslewrate 1e-300", "maxchange -1 2 3", "rtcsync"),
            f => f with { Services = f.Services with { ChronyConf = Some.Not<ChronyConfiguration>(FactState.Denied) } },
        ],
        [
            f => f,
            f => f with { Services = f.Services with { NtpConf = Conf(TimeServiceKind.Ntpd,
                new("tinker", ["panic", "1e308", "step", "-1"], ""), new("server", ["-4"], "x")) } },
            f => f with { Services = f.Services with { NtpConf = Conf(TimeServiceKind.NtpdRs,
                new ConfigDirective("source", ["address", ":"], "x")) } },
        ],
        [f => f, f => f.Kernel(false, long.MaxValue, long.MinValue), f => f.Kernel(true, long.MinValue, long.MinValue).Uptime(1)],
        [f => f, f => f.Tracking(), f => f.Tracking(long.MinValue, long.MinValue, -1, 3, "", "")],
        [
            f => f, f => f.Sources(0), f => f.Sources(int.MaxValue,
                new ChronySource("", ChronySourceMode.Unknown, ChronySourceState.Unknown, -1, -1, -1, uint.MaxValue, long.MinValue,
                long.MinValue)),
            f => f.Sources(0, With.Source("a", ChronySourceState.Selected, 0) with { SinceSampleS = uint.MaxValue - 1 }),
        ],
        [f => f, f => f with { Devices = new() { Rtcs = Some.List(
            new RtcDevice("", "", false, Some.Known(new RtcReading(long.MinValue, long.MaxValue)))) } }],
    ];

    [Fact]
    public void No_combination_throws_and_every_finding_is_whole()
    {
        foreach (var facts in All(new MachineFacts(), 0).Concat(All(Some.KvmGuest(), 0)))
        {
            foreach (var check in Checks)
            {
                var finding = check.Judge(facts, Policy.Default);
                Assert.True(finding.Status is not (CheckStatus.Warning or CheckStatus.Critical) || finding.Remedy is not null,
                    CheckRow.AllText(finding));
                Assert.True(finding.Status is not (CheckStatus.Unknown or CheckStatus.NotApplicable) || finding.Reason?.Length > 0,
                    check.Id);
                Assert.True(finding.Status != CheckStatus.Unknown || finding.Because != FactState.Known,
                    $"{check.Id}: {CheckRow.AllText(finding)}");
            }
        }
    }

    private static Fact<NtpConfiguration> Conf(TimeServiceKind kind, params IReadOnlyList<ConfigDirective> directives) =>
        Some.Known(new NtpConfiguration(kind, "/etc/ntp.conf", directives, []));

    private static IEnumerable<MachineFacts> All(MachineFacts facts, int choice) => choice == Choices.Length
        ? [facts]
        : Choices[choice].SelectMany(change => All(change(facts), choice + 1));
}
