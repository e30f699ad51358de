using System.Diagnostics;
using System.Text;
using Guestclock.Facts;
using Guestclock.Probes;
using Guestclock.Testing;

namespace Guestclock.Tests.Fixes.TimeServices;

/// <summary>Whatever stands in the files: either the check passes afterwards and nothing else reads differently, or nothing is written.</summary>
public class HostileConfigurationTests
{
    private const string Main = "/etc/chrony.conf";

    private static readonly string[] Chrony =
    [
        "# c\nconfdir /etc/chrony.d\npool 2.debian.pool.ntp.org iburst\nmaxchange 10 1 2\nmakestep 1 3\nleapsectz right/UTC\n",
        "makestep 1.0 3\r\n! x\r\ninclude /etc/chrony.d/*.conf\r\nrefclock PHC /dev/ptp0:nocrossts poll 2\r\n",
        "MakeStep 1000 -1\n#rtcsync\ninclude /etc/chrony.d/a.conf\nmaxslewrate 500\n",
    ];

    private static readonly string[] Ntp =
    [
        "# c\ntinker step 600 panic 1000 # why\nrestrict default nomodify\nserver 127.127.1.0\t# local\nincludefile /etc/ntp/more.conf\n",
        "server a\r\ntinker\tpanic \"5\"\r\n", "tinker step 0\ntinker panic 0",
    ];

    [Theory]
    [InlineData("step-policy")]
    [InlineData("rtc-synced")]
    [InlineData("phc-refclock")]
    public void Chrony_s_files(string check) => Fuzz.Bytes([.. Chrony.Select(Encoding.Latin1.GetBytes)], bytes =>
    {
        var text = Encoding.Latin1.GetString(bytes);
        var half = text.IndexOf('\n', text.Length / 2) + 1;
        foreach (var drop in new[] { "", text[half..] })
        {
            var machine = new RepairedFiles(check, Basis()).File("/usr/sbin/chronyd", "ELF").File("/usr/lib/systemd/system/chronyd.service", "")
                .File("/etc/systemd/system/multi-user.target.wants/chronyd.service", "").File(Main, text).File("/etc/chrony.d/a.conf", drop);
            var before = Directives(machine);
            machine.Planned();
            if (machine.Written.Count > 0)
                machine.Mended();
            var after = Directives(machine);
            // Steps and reference clocks are what was to change; an rtcsync is one more.
            Assert.Equal(before.Where(IsKept).Select(d => d.ToString()), after.Where(IsKept).Select(d => d.ToString()));
            Assert.InRange(after.Count, before.Count - before.Count(d => Is(d, "maxchange")), before.Count + 1);
        }
    }, 600);

    [Fact]
    public void Ntpd_s_files() => Fuzz.Bytes([.. Ntp.Select(Encoding.Latin1.GetBytes)], bytes =>
    {
        var text = Encoding.Latin1.GetString(bytes);
        var machine = RepairedFiles.Guest("step-policy", "centos", "6.10", OsFamily.RedHat).File("/usr/sbin/ntpd", "ELF").File("/etc/rc.d/init.d/ntpd", "")
            .File("/etc/rc.d/rc3.d/S58ntpd", "").File("/etc/sysconfig/ntpd", "OPTIONS=\"-x -u ntp:ntp\"\n").File("/etc/ntp.conf", text).File("/etc/ntp/more.conf", text);
        machine.Planned();
        if (machine.Written.Count > 0)
            machine.Mended();
    }, 600);

    [Theory]
    [InlineData("step-policy")]
    [InlineData("phc-refclock")]
    public void Very_many_lines_end_soon(string check)
    {
        var text = string.Concat(Enumerable.Repeat("maxchange 1 1 1\nrefclock PHC /dev/ptp0\n", 20_000));
        var clock = Stopwatch.StartNew();
        new RepairedFiles(check, Basis()).File("/usr/sbin/chronyd", "ELF").File("/usr/lib/systemd/system/chronyd.service", "")
            .File("/etc/systemd/system/multi-user.target.wants/chronyd.service", "").File(Main, text).Left("put the configuration in order");
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    private static bool IsKept(ConfigDirective d) => !Is(d, "makestep") && !Is(d, "maxchange") && !Is(d, "refclock") && !Is(d, "rtcsync");

    private static bool Is(ConfigDirective d, string name) => string.Equals(d.Name, name, StringComparison.OrdinalIgnoreCase);

    private static IReadOnlyList<ConfigDirective> Directives(RepairedFiles machine) =>
        ServiceProbe.Gather(machine.Machine()).ChronyConf.Or(new("", [], [])).Directives;

    private static MachineFacts Basis()
    {
        var guest = Some.KvmGuest();
        return guest with
        {
            Identity = guest.Identity with { Os = Some.Known(Some.Os("fedora", "43", OsFamily.RedHat)) },
            Devices = new()
            {
                PtpClocks = Some.Not<IReadOnlyList<PtpClock>>(FactState.NotRecorded),
                Rtcs = Some.List(new RtcDevice("rtc0", "rtc_cmos", true, Some.Not<RtcReading>(FactState.NotRecorded))),
            },
        };
    }
}
