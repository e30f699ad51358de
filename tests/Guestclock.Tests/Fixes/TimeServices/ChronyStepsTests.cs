using Guestclock.Facts;

namespace Guestclock.Tests.Fixes.TimeServices;

/// <summary>Where makestep is written, and what of a configuration stays.</summary>
public class ChronyStepsTests
{
    private const string Main = "/etc/chrony.conf";
    private const string DropIn = "# Written by 'guestclock fix'; 'guestclock rollback' takes it back.\nmakestep 1 -1\n";

    [Theory]
    [InlineData("makestep 1.0 3\nrtcsync\n", "makestep 1 -1\nrtcsync\n")]
    [InlineData("server a\r\n MakeStep  1.0\t3 \r\nrtcsync", "server a\r\n MakeStep  1\t-1 \r\nrtcsync")]
    [InlineData("server a", "server a\nmakestep 1 -1")]
    [InlineData("makestep 1 -1\nmakestep 0.1 10\n", "makestep 1 -1\nmakestep 0.1 -1\n")]
    [InlineData("makestep 1000 -1\n", "makestep 1 -1\n")]
    [InlineData("makestep\n", "makestep 1 -1\n")]
    [InlineData("#makestep 1 3\n! makestep 1 3\n", "#makestep 1 3\n! makestep 1 3\nmakestep 1 -1\n")]
    [InlineData("makestep 1 -1\n maxchange 1000 1 2\nmaxchange 10 1 1\n", "makestep 1 -1\n #maxchange 1000 1 2\n#maxchange 10 1 1\n")]
    [InlineData("# f\u00FCr\u00E9 \u00A0\nmakestep 1 3 \n", "# f\u00FCr\u00E9 \u00A0\nmakestep 1 -1 \n")]
    public void In_place_where_no_directory_is_included(string before, string after) =>
        Fedora().File(Main, before).Mended().Writes(Main, after);

    [Theory]
    [InlineData("makestep 1.0 3\ninclude /etc/chrony.d/*.conf\n")]
    [InlineData("makestep 1.0 3\nConfDir /etc/chrony.d /run/chrony.d\n")]
    [InlineData("confdir /etc/chrony.d\nserver a")]
    public void In_a_drop_in_where_it_is_read_behind_the_line_that_counts(string main)
    {
        var machine = Fedora().File(Main, main).File("/etc/chrony.d/pool.conf", "pool a iburst\n").Mended().Writes("/etc/chrony.d/guestclock.conf", DropIn);
        Assert.Single(machine.Written);
    }

    [Fact]
    public void In_place_where_the_directory_is_read_before() => Fedora()
        .File(Main, "confdir /etc/chrony.d\nmakestep 1 3\n").File("/etc/chrony.d/pool.conf", "pool a\n").Mended().Writes(Main, "confdir /etc/chrony.d\nmakestep 1 -1\n");

    [Fact]
    public void In_somebody_s_drop_in_that_is_read_behind_ours() => Fedora().File(Main, "include /etc/chrony.d/*.conf\n")
        .File("/etc/chrony.d/zone.conf", "# ours\nmakestep 0.5 3\n").Mended().Writes("/etc/chrony.d/zone.conf", "# ours\nmakestep 0.5 -1\n");

    [Fact]
    public void Our_own_file_is_changed_where_its_line_stands() => Fedora().File(Main, "confdir /etc/chrony.d\n")
        .File("/etc/chrony.d/guestclock.conf", "rtcsync\nmakestep 1 5\n# x").Mended().Writes("/etc/chrony.d/guestclock.conf", "rtcsync\nmakestep 1 -1\n# x");

    [Fact]
    public void Our_own_file_gets_one_line_more() => Fedora().File(Main, "confdir /etc/chrony.d\n")
        .File("/etc/chrony.d/guestclock.conf", "rtcsync\n").Mended().Writes("/etc/chrony.d/guestclock.conf", "rtcsync\nmakestep 1 -1\n");

    [Theory]
    [InlineData("makestep 1 3\nconfdir /run/chrony.d\n")]
    [InlineData("makestep 1 3\nconfdir /usr/share/chrony.d\n")]
    [InlineData("makestep 1 3\ninclude /etc/chrony.d/*.inc\n")]
    [InlineData("makestep 1 3\nconfdir /etc/none.d\n")]
    public void A_directory_that_is_not_the_administrator_s_is_not_used(string main) => Fedora().File(Main, main)
        .File("/run/chrony.d/a.conf", "").File("/usr/share/chrony.d/a.conf", "").File("/etc/chrony.d/a.inc", "").Mended()
        .Writes(Main, main.Replace("1 3", "1 -1", StringComparison.Ordinal));

    [Theory]
    [InlineData("include /etc/none.conf\n", "does not exist")]
    [InlineData("include /usr/share/c.conf\n", "written by a package")]
    [InlineData("include /etc/c.conf\ninclude /etc/c.conf\nmakestep 1 3\ninclude /etc/c.conf\n", "cannot be changed alone")]
    public void What_cannot_be_changed_safely_is_refused(string main, string says) => Fedora().File(Main, main)
        .File("/usr/share/c.conf", "makestep 1 3\n").File("/etc/c.conf", "makestep 1 3\n").Left(says);

    [Fact]
    public void On_a_running_machine_chronyd_reads_it_and_is_restarted()
    {
        var machine = Fedora().File(Main, "makestep 1 3\n").File("/usr/sbin/chronyd", "ELF  -p\t\tPrint configuration and exit\n")
            .File("/usr/lib/systemd/system/chronyd.service", "[Service]\n").Runs("7\tchronyd\t/usr/sbin/chronyd\n").Mended();
        Assert.Equal(["chronyd -p -f /etc/chrony.conf", "systemctl restart chronyd"], machine.Programs);
    }

    [Fact]
    public void An_old_chronyd_cannot_be_asked()
    {
        var machine = Fedora().File(Main, "makestep 1 3\n").File("/usr/sbin/chronyd", "ELF").File("/usr/lib/systemd/system/chronyd.service", "[Service]\n")
            .Runs("7\tchronyd\t/usr/sbin/chronyd\n").Mended();
        Assert.Equal(["systemctl restart chronyd"], machine.Programs);
    }

    [Fact]
    public void Directives_on_the_command_line_are_left_to_the_user() => Fedora().Runs("7\tchronyd\t/usr/sbin/chronyd\tmakestep 1 3\n").Left("command line");

    private static RepairedFiles Fedora() => RepairedFiles.Guest("step-policy", "fedora", "43", OsFamily.RedHat)
        .File("/usr/sbin/chronyd", "ELF").File("/usr/lib/systemd/system/chronyd.service", "[Install]\nWantedBy=multi-user.target\n")
        .File("/etc/systemd/system/multi-user.target.wants/chronyd.service", "");
}
