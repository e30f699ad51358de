using Guestclock.Checks;
using Guestclock.Checks.Phc;
using Guestclock.Facts;
using Guestclock.Protocols.VmClock;
using Guestclock.Testing;
using Guestclock.Tests.Protocols.VmClock;

namespace Guestclock.Tests.Checks.Phc;

public class VmClockPresentTests() : CheckTests(new VmClockPresent())
{
    private static MachineFacts With(Fact<VmClockPage> page) =>
        Some.KvmGuest() with { Devices = new() { VmClocks = Some.List(new VmClockDevice("/dev/vmclock0", page)) } };

    private static MachineFacts With(byte[] page) => With(Some.Known(VmClockPage.Decode(page)));

    private static byte[] Soon()
    {
        var page = VmClockPageTests.Qemu();
        page[0x18] = 4;
        return page;
    }

    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("QEMU's signal", With(VmClockPageTests.Qemu(3)), CheckStatus.Info, "marker 3"),
        new CheckRow("a clock", With(VmClockPageTests.WithTime()), CheckStatus.Pass, "TAI"),
        new CheckRow("an unreliable clock", With(VmClockPageTests.WithTime(4)), CheckStatus.Info, "unreliable"),
        new CheckRow("a disruption is announced", With(Soon()), CheckStatus.Info, "an hour"),
        new CheckRow("only root may read it", With(Some.Not<VmClockPage>(FactState.Denied, "permission denied")), CheckStatus.Unknown,
            "permission denied"),
        new CheckRow("none", Some.KvmGuest() with { Devices = new() { VmClocks = Some.List<VmClockDevice>() } },
            CheckStatus.NotApplicable, "6.13"),
        new CheckRow("host", Some.KvmHost(), CheckStatus.NotApplicable),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new VmClockPresent(), row);
}
