using Guestclock.Facts;
using Guestclock.Testing;

namespace Guestclock.Tests.Fixes.TimeServices;

public class RtcSyncTests
{
    [Fact]
    public void In_a_drop_in_where_there_is_a_place_for_one() => Host().File("/etc/chrony.conf", "confdir /etc/chrony.d\nmakestep 1 3\n")
        .File("/etc/chrony.d/README", "").Mended().Writes("/etc/chrony.d/guestclock.conf", "# Written by 'guestclock fix'; 'guestclock rollback' takes it back.\nrtcsync\n");

    [Fact]
    public void Else_at_the_end() => Host().File("/etc/chrony.conf", "makestep 1 3\r\n#rtcsync").Mended().Writes("/etc/chrony.conf", "makestep 1 3\r\n#rtcsync\r\nrtcsync");

    [Fact]
    public void A_running_chronyd_is_restarted()
    {
        var machine = Host().File("/etc/chrony.conf", "makestep 1 3\n").Runs("7\tchronyd\tchronyd\n").Mended();
        Assert.Equal(["systemctl restart chronyd"], machine.Programs);
    }

    [Fact]
    public void Ntpd_that_leaves_the_kernel_alone_is_left_to_the_user() => new RepairedFiles("rtc-synced", Basis()).File("/usr/sbin/ntpd", "ELF")
        .File("/etc/rc.d/init.d/ntpd", "").File("/etc/rc.d/rc3.d/S58ntpd", "").File("/etc/ntp.conf", "server a\ndisable kernel\n").Left("hwclock --systohc");

    private static RepairedFiles Host() => new RepairedFiles("rtc-synced", Basis()).File("/usr/sbin/chronyd", "ELF")
        .File("/usr/lib/systemd/system/chronyd.service", "").File("/etc/systemd/system/multi-user.target.wants/chronyd.service", "");

    private static MachineFacts Basis() => Some.KvmHost() with
    {
        Identity = Some.KvmHost().Identity with { Os = Some.Known(Some.Os("rhel", "9.6", OsFamily.RedHat)) },
        Devices = new() { Rtcs = Some.List(new RtcDevice("rtc0", "rtc_cmos", true, Some.Not<RtcReading>(FactState.NotRecorded))) },
    };
}
