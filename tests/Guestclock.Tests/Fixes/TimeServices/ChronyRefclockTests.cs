using Guestclock.Facts;
using Guestclock.Testing;
using Guestclock.Tests.Checks.Phc;

namespace Guestclock.Tests.Fixes.TimeServices;

public class ChronyRefclockTests
{
    private const string Main = "/etc/chrony.conf";
    private const string Line = "refclock PHC /dev/ptp_kvm poll 2 dpoll -2 offset 0 stratum 2";
    private const string Rule = "SUBSYSTEM==\"ptp\", ATTR{clock_name}==\"KVM virtual PTP\", SYMLINK+=\"ptp_kvm\"\n";

    [Theory]
    [InlineData("refclock PHC /dev/ptp0 poll 3 prefer # x\n", "refclock PHC /dev/ptp_kvm poll 3 prefer # x\n")]
    [InlineData("server a\r\n RefClock  phc\t/dev/ptp0:nocrossts:extpps \r\n", "server a\r\n RefClock  phc\t/dev/ptp_kvm:nocrossts:extpps \r\n")]
    [InlineData("refclock PHC /dev/ptp9", "refclock PHC /dev/ptp_kvm")]
    public void The_name_changes_in_its_line(string before, string after) => Guest(PhcFacts.Kvm()).File(Main, before).Mended().Writes(Main, after);

    [Fact]
    public void The_number_went_to_a_network_card() => Guest(PhcFacts.Nic("/dev/ptp0"), PhcFacts.Kvm("/dev/ptp1")).File(Main, "refclock PHC /dev/ptp0\n").Mended()
        .Writes(Main, "refclock PHC /dev/ptp_kvm\n");

    [Theory]
    [InlineData("makestep 1 3\n", "makestep 1 3\n" + Line + "\n")]
    [InlineData("a b\r\nc", "a b\r\nc\r\n" + Line)]
    public void A_line_is_added_with_its_module_at_boot(string before, string after) => Guest(PhcFacts.Kvm()).File(Main, before).Mended()
        .Writes(Main, after).Writes("/etc/modules-load.d/ptp_kvm.conf", "ptp_kvm\n");

    [Fact]
    public void In_a_drop_in_where_there_is_a_place_for_one() => Guest(PhcFacts.Kvm()).File(Main, "include /etc/chrony.d/*.conf\n").File("/etc/chrony.d/pool.conf", "")
        .Mended().Writes("/etc/chrony.d/guestclock.conf", $"# Written by 'guestclock fix'; 'guestclock rollback' takes it back.\n{Line}\n");

    [Fact]
    public void An_old_udev_gets_a_rule()
    {
        var machine = Guest(PhcFacts.Kvm(link: false)).File(Main, "refclock PHC /dev/ptp0\n").File("/usr/lib/udev/rules.d/50-udev-default.rules", "SUBSYSTEM==\"rtc\"\n")
            .Runs("7\tchronyd\tchronyd\n").Planned().Writes("/etc/udev/rules.d/60-ptp-stable.rules", Rule).Writes(Main, "refclock PHC /dev/ptp_kvm\n");
        Assert.Equal(["udevadm control --reload", "udevadm trigger --subsystem-match=ptp", "udevadm settle", "systemctl restart chronyd"], machine.Programs);
    }

    [Fact]
    public void Without_udev_nothing_makes_the_name() => Guest(PhcFacts.Kvm(link: false)).File(Main, "refclock PHC /dev/ptp0\n").Left("no udev rules");

    [Fact]
    public void A_clock_of_TAI_gets_the_option() => Guest(PhcFacts.VmClock(37 * PhcFacts.Second)).File(Main, "refclock PHC /dev/ptp0 poll 2 \n").Mended()
        .Writes(Main, "refclock PHC /dev/ptp0 poll 2 tai \n");

    [Fact]
    public void A_clock_of_UTC_loses_it() => Guest(PhcFacts.VmClock(-37 * PhcFacts.Second)).File(Main, "refclock PHC /dev/ptp0 tai poll 2\n").Mended()
        .Writes(Main, "refclock PHC /dev/ptp0 poll 2\n");

    [Fact]
    public void A_device_that_nothing_makes_is_left_to_the_user() => Guest().File(Main, "refclock PHC /dev/ptp_kvm\n").Left("Load ptp_kvm at boot");

    [Fact]
    public void Two_lines_for_one_clock_are_left_to_the_user() => Guest(PhcFacts.Kvm()).File(Main, $"{Line}\nrefclock PHC /dev/ptp7\n").Left("take the line at /etc/chrony.conf:2 out");

    [Fact]
    public void On_an_image_the_distribution_s_rules_make_the_name() => Image().File(Main, "refclock PHC /dev/ptp0 poll 2\n")
        .File("/usr/lib/udev/rules.d/50-udev-default.rules", Rule).Mended().Writes(Main, "refclock PHC /dev/ptp_kvm poll 2\n");

    [Fact]
    public void On_an_image_with_an_old_udev_a_rule_is_added() => Image().File(Main, "refclock PHC /dev/ptp0 poll 2\n")
        .File("/lib/udev/rules.d/50-udev-default.rules", "x\n").Mended().Writes("/etc/udev/rules.d/60-ptp-stable.rules", Rule);

    private static RepairedFiles Guest(params PtpClock[] clocks) => With(Basis().With(clocks));

    private static RepairedFiles Image() => With(Basis() with { Devices = new() { PtpClocks = Some.Not<IReadOnlyList<PtpClock>>(FactState.NotRecorded) } });

    private static MachineFacts Basis()
    {
        var guest = Some.KvmGuest().Modules(loaded: "ptp_kvm");
        return guest with { Identity = guest.Identity with { Os = Some.Known(Some.Os("rhel", "9.6", OsFamily.RedHat)) } };
    }

    private static RepairedFiles With(MachineFacts basis) => new RepairedFiles("phc-refclock", basis).File("/usr/sbin/chronyd", "ELF")
        .File("/usr/lib/systemd/system/chronyd.service", "").File("/etc/systemd/system/multi-user.target.wants/chronyd.service", "");
}
