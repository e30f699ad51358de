using Guestclock.Checks;
using Guestclock.Checks.Xen;
using Guestclock.Facts;
using Guestclock.Testing;

namespace Guestclock.Tests.Checks.Xen;

public class XenWallclockTests() : CheckTests(new XenWallclock())
{
    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("a pvops guest", Guest(null), CheckStatus.Pass, "no left-over"),
        new CheckRow("left over in sysctl.conf", Guest(null, "/etc/sysctl.conf:3"), CheckStatus.Info, "sed -i '3d' /etc/sysctl.conf"),
        new CheckRow("left over on the command line", Arguments(Guest(null), "xen.independent_wallclock=1"), CheckStatus.Info, "left over"),
        new CheckRow("left over in a KVM guest", Guest(null, "/etc/sysctl.d/x.conf:1") with { Identity = Some.KvmGuest().Identity },
            CheckStatus.Info, "left over"),
        new CheckRow("an image with the setting", State(Guest(null, "/etc/sysctl.conf:3"), FactState.NotRecorded), CheckStatus.Info,
            "XenLinux"),
        new CheckRow("own clock, kept", Guest("1", "/etc/sysctl.conf:3"), CheckStatus.Pass),
        new CheckRow("own clock by parameter", Arguments(Guest("1"), "independent_wallclock=1"), CheckStatus.Pass),
        new CheckRow("own clock, not kept", Guest("1"), CheckStatus.Warning, "/etc/sysctl.conf"),
        new CheckRow("dom0's clock", Guest("0"), CheckStatus.Info, "follows dom0"),
        new CheckRow("another value", Guest("x"), CheckStatus.Info),
        new CheckRow("no Xen", Guest(null) with { Identity = Some.KvmGuest().Identity }, CheckStatus.NotApplicable,
            "nothing to do with Xen"),
        new CheckRow("an image of a Xen guest", State(Guest(null), FactState.NotRecorded), CheckStatus.Unknown),
        new CheckRow("an image of another", State(Guest(null), FactState.NotRecorded) with { Identity = Some.KvmGuest().Identity },
            CheckStatus.NotApplicable),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new XenWallclock(), row);

    private static MachineFacts Guest(string? value, params IReadOnlyList<string> settings) => Some.KvmGuest() with
    {
        Identity = Some.KvmGuest().Identity with { Hypervisor = Some.Known(Hypervisor.Xen), Roles = Some.List(Role.XenGuest) },
        Xen = new()
        {
            IndependentWallclock = value is null ? Some.Missing<string>() : Some.Known(value),
            IndependentWallclockSettings = Some.List(settings)
        },
    };

    private static MachineFacts Arguments(MachineFacts facts, string text) =>
        facts with { Clock = facts.Clock with { CommandLine = Some.Known(Some.Arguments(text)) } };

    private static MachineFacts State(MachineFacts facts, FactState state) =>
        facts with { Xen = facts.Xen with { IndependentWallclock = Some.Not<string>(state) } };
}
