using Guestclock.Checks;
using Guestclock.Checks.Xen;
using Guestclock.Facts;
using Guestclock.Testing;

namespace Guestclock.Tests.Checks.Xen;

public class XenTscModeTests() : CheckTests(new XenTscMode())
{
    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("not set", Dom0(null), CheckStatus.Pass, "1 guest"),
        new CheckRow("default", Dom0("default"), CheckStatus.Pass),
        new CheckRow("a number", Dom0("0"), CheckStatus.Info, "tsc_mode=\"default\""),
        new CheckRow("a number for xm", Xend(Dom0("0")), CheckStatus.Pass),
        new CheckRow("a mode for xm that is gone", Xend(Dom0("3")), CheckStatus.Warning, "tsc_mode=0"),
        new CheckRow("1", Dom0("1"), CheckStatus.Info, "always_emulate"),
        new CheckRow("always_emulate", Dom0("always_emulate"), CheckStatus.Info, "slow"),
        new CheckRow("native and mobile", Dom0("native"), CheckStatus.Warning, "jumps"),
        new CheckRow("2 and mobile", Dom0("2", false), CheckStatus.Warning, "nomigrate=1"),
        new CheckRow("native and bound", Dom0("native", true), CheckStatus.Pass),
        new CheckRow("2 and bound", Dom0("2", true), CheckStatus.Info, "deprecated"),
        new CheckRow("native_paravirt", Dom0("native_paravirt"), CheckStatus.Warning, "no longer offers"),
        new CheckRow("3", Dom0("3"), CheckStatus.Warning, "native_paravirt"),
        new CheckRow("7", Dom0("7"), CheckStatus.Warning, "no mode of Xen"),
        new CheckRow("a slip", Dom0("nativ"), CheckStatus.Warning, "no mode of Xen"),
        new CheckRow("no guest", Some.KvmGuest() with { Xen = new() { Guests = Some.List<XenGuestConfig>() } }, CheckStatus.NotApplicable),
        new CheckRow("no Xen", Some.KvmGuest() with { Xen = new() { Guests = Some.Missing<IReadOnlyList<XenGuestConfig>>() } },
            CheckStatus.NotApplicable),
        new CheckRow("not readable",
            Some.KvmGuest() with { Xen = new() { Guests = Some.Not<IReadOnlyList<XenGuestConfig>>(FactState.Denied) } },
                CheckStatus.Unknown, "reason"),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new XenTscMode(), row);

    private static MachineFacts Xend(MachineFacts facts) => facts with { Xen = facts.Xen with { HasXend = Some.Known(true) } };

    private static MachineFacts Dom0(string? mode, bool? noMigrate = null) => Some.KvmHost() with
    {
        Xen = new()
        {
            Capabilities = Some.Known("control_d"),
            Guests = Some.List(new XenGuestConfig("/etc/xen/web.cfg", "web", mode, noMigrate))
        },
    };
}
