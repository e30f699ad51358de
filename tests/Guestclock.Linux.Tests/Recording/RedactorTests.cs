using System.Text;
using Guestclock.Formats;
using Guestclock.Linux.Machines;
using Guestclock.Linux.Recording;
using Guestclock.Machines;
using Guestclock.Testing;

namespace Guestclock.Linux.Tests.Recording;

public sealed class RedactorTests
{
    /// <summary>Path, text, and the text that is left; written by hand after the manuals of the kernel, dracut, GRUB, libvirt and
    /// QEMU.</summary>
    public static TheoryData<string, string, string> Files => new()
    {
        { "/proc/cmdline", "ro rd.iscsi.password=abc notsc lpj=5\n", "ro rd.iscsi.password=REDACTED notsc lpj=5\n" },
        { "/proc/cmdline", "a.token=\"x y\" tsc=reliable", "a.token=\"REDACTED\" tsc=reliable" },
        { "/proc/cmdline", "pw=a\"b c\"d quiet", "pw=REDACTED quiet" },
        { "/proc/cmdline", "inst.ks=http://me:geheim@host/ks quiet", "inst.ks=http://REDACTED@host/ks quiet" },
        { "/proc/cmdline", "netroot=iscsi:me:geheim@10.0.0.1::3260::iqn quiet", "netroot=iscsi:REDACTED@10.0.0.1::3260::iqn quiet" },
        { "/proc/cmdline", "init -- --token geheim --port 5", "init -- --token REDACTED --port 5" },
        { "/proc/cmdline", "rd.luks.key=/k:UUID=1 tsc=nowatchdog", "rd.luks.key=REDACTED tsc=nowatchdog" },
        { "/proc/cmdline", "keymap=de vconsole.keymap=us notsc", "keymap=de vconsole.keymap=us notsc" },
        { "/proc/cmdline", "netconsole=6665@10.0.0.1/eth0,6666@10.0.0.2/00:11", "netconsole=6665@10.0.0.1/eth0,6666@10.0.0.2/00:11" },
        { "/boot/grub/grub.conf", "default=0\npassword --md5 $1$abc\ntitle A\n lock\n", "default=0\npassword REDACTED\ntitle A\n lock\n" },
        { "/boot/grub2/grub.cfg", "  password_pbkdf2 root grub.pbkdf2.sha512.1.A.B\r\nset x=1\n",
            "  password_pbkdf2 REDACTED\r\nset x=1\n" },
        { "/boot/grub2/user.cfg", "GRUB2_PASSWORD=grub.pbkdf2.sha512.1.A.B\n", "GRUB2_PASSWORD=REDACTED\n" },
        { "/etc/default/grub", "GRUB_CMDLINE_LINUX=\"quiet api_token=a,b\"\nX=1", "GRUB_CMDLINE_LINUX=\"quiet api_token=REDACTED\"\nX=1" },
        { "/etc/libvirt/qemu.conf", "vnc_password = \"XYZ12345\"\nuser = \"root\"\n", "vnc_password = \"REDACTED\"\nuser = \"root\"\n" },
        { "/etc/xen/a.cfg", "vncpasswd='geheim'\ntsc_mode=\"native\"\n", "vncpasswd='REDACTED'\ntsc_mode=\"native\"\n" },
        { "/etc/ntp.conf", "crypto pw geheim\nkeys /etc/ntp/keys\n", "crypto REDACTED\nkeys /etc/ntp/keys\n" },
        { "/etc/chrony.conf", "keyfile /etc/chrony.keys\nserver a iburst key 5\n", "keyfile /etc/chrony.keys\nserver a iburst key 5\n" },
        { "/sys/x/key", "password=abc", "password=abc" },
        { "/etc/libvirt/qemu/a.xml", "<graphics type='vnc' passwd='geheim' keymap='de'/>",
            "<graphics type='vnc' passwd='REDACTED' keymap='de'/>" },
        { "/etc/libvirt/qemu/a.xml", "<a><qemu:arg value='secret,id=s,data=geheim,format=raw'/></a>",
            "<a><qemu:arg value='secret,id=s,data=REDACTED,format=raw'/></a>" },
        { "/etc/libvirt/qemu/a.xml", "<a><qemu:env name='X' value='geheim'/><clock offset='utc'/></a>",
            "<a><qemu:env name='X' value='REDACTED'/><clock offset='utc'/></a>" },
        {
            "/var/log/messages",
            "Nov 1 h kernel: tsc: Marking TSC unstable\nNov 1 h sshd: time x\nNov 1 h kernel: eth0 up\n",
            "Nov 1 h kernel: tsc: Marking TSC unstable\n"
        },
        { "/var/log/dmesg", "[0.0] Command line: ro password=x\n[0.1] eth0 up\n", "[0.0] Command line: ro password=REDACTED\n" },
    };

    public static TheoryData<string, string, string> Answers => new()
    {
        { Questions.Processes, "7\tqemu-kvm\tqemu\t-vnc\t:0,password=on\t-cpu\thost,+invtsc\n",
            "7\tqemu-kvm\tqemu\t-vnc\t:0,password=REDACTED\t-cpu\thost,+invtsc\n" },
        { Questions.Processes, "7\tq\tq\tsecret,id=a,data=x,,y,iv=z", "7\tq\tq\tsecret,id=a,data=REDACTED,iv=z" },
        { Questions.Processes, "7\tq\tq\t{\"qom-type\":\"secret\",\"id\":\"a\",\"data\":\"geheim\"}",
            "7\tq\tq\t{\"qom-type\":\"secret\",\"id\":\"a\",\"data\":\"REDACTED\"}" },
        { Questions.Processes, "7\tq\tq\tport=5900,password-secret=sec0", "7\tq\tq\tport=5900,password-secret=sec0" },
        { Questions.Processes, "7\tq\tq\t--token\tgeheim\t-rtc\tbase=utc,clock=host",
            "7\tq\tq\t--token\tREDACTED\t-rtc\tbase=utc,clock=host" },
        { Questions.Processes, "7\tq\tq\tname=opt/x,string=geheim", "7\tq\tq\tname=opt/x,string=REDACTED" },
        {
            Questions.KernelLog,
            "complete=yes\n0.1 eth0: up\n0.2 Command line: ro password=x\n0.3 clocksource: Switched to clocksource tsc\n",
            "complete=yes\n0.2 Command line: ro password=REDACTED\n0.3 clocksource: Switched to clocksource tsc\n"
        },
        { Questions.LibvirtDomains, "a\trunning\t22\n<graphics passwd='x'/>\nb\tshut off\t4\n<b/>\n",
            "a\trunning\t29\n<graphics passwd='REDACTED'/>\nb\tshut off\t4\n<b/>\n" },
        { Questions.LibvirtDomains, "broken passwd='x'", "broken passwd='REDACTED'" },
        { Questions.Adjtimex, "token=5\n", "token=5\n" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Secrets_leave_files_and_nothing_else_does(string path, string text, string left)
    {
        Assert.Equal(left, File(path, text));
        Assert.Equal(left, File(path, left));
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public void Secrets_leave_answers_and_nothing_else_does(string name, string text, string left)
    {
        Assert.Equal(left, Answer(name, text));
        Assert.Equal(left, Answer(name, left));
    }

    [Fact]
    public void Bytes_that_are_no_text_stay_as_they_are()
    {
        byte[] invalid = [.. "a=1 \xff password=x"u8, 0xFE, (byte)'\n', 0xC3];
        byte[] binary = [0, .. "password=x"u8];

        Assert.Same(binary, Redactor.File("/etc/x", binary));
        Assert.Equal([.. "a=1 \xff password=REDACTED\n"u8, 0xC3], Redactor.File("/etc/x", invalid));
    }

    /// <summary>Two secrets after each other in quotes: the second is found as well.</summary>
    [Fact]
    public void Quotes_are_counted_across_what_was_taken_out() =>
        Assert.Equal("a_passwd='REDACTED' b_passwd='REDACTED' c='d'", File("/etc/x", "a_passwd='1 2' b_passwd='3 4' c='d'"));

    [Fact]
    public void A_command_line_keeps_its_arguments()
    {
        var before = KernelArguments.Parse("ro rd.iscsi.password=\"a b\" notsc x.token=y lpj=5 tsc=reliable");
        var after = KernelArguments.Parse(File("/proc/cmdline", before.Text));

        Assert.Equal(before.All.Select(a => a.Name), after.All.Select(a => a.Name));
        Assert.Equal("5", after.Value("lpj"));
    }

    [Fact]
    public void No_text_stops_the_redactor()
    {
        var samples = Files.Select(r => ((string Path, string Text))(r.Data.Item1, r.Data.Item2)).ToList();
        foreach (var path in samples.Select(s => s.Path).Distinct(StringComparer.Ordinal))
            Fuzz.Text([.. samples.Where(s => s.Path == path).Select(s => s.Text)], t => File(path, t), runs: 300);
        foreach (var name in (string[])[Questions.Processes, Questions.KernelLog, Questions.LibvirtDomains])
            Fuzz.Text([.. Answers.Where(r => r.Data.Item1 == name).Select(r => r.Data.Item2)], t => Answer(name, t), runs: 1000);
    }

    [Theory]
    [InlineData("= \"x\" ")]
    [InlineData("@a:b@")]
    [InlineData("password ")]
    [InlineData("--key ")]
    [InlineData("<a b='")]
    [InlineData("key==")]
    [InlineData("passwd='\n")]
    public void A_megabyte_of_anything_takes_less_than_a_second(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, (1 << 20) / part.Length));
        var start = System.Diagnostics.Stopwatch.GetTimestamp();

        File("/etc/x", text);
        File("/etc/x", "<" + text);
        Answer(Questions.Processes, "1\tq\tq\t" + text);

        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void No_probe_sees_a_secret()
    {
        var machine = new RedactingMachine(new MemoryMachine().File("/proc/cmdline", "ro password=x\n")
            .Answer(Questions.KernelLog, "complete=no\n0.0 usb\n"));

        Assert.Equal("ro password=REDACTED\n", machine.ReadText("/proc/cmdline").Value);
        Assert.Equal("complete=no\n", machine.AskText(Questions.KernelLog).Value);
    }

    private static string File(string path, string text) => Encoding.UTF8.GetString(Redactor.File(path, Encoding.UTF8.GetBytes(text)));

    private static string Answer(string name, string text) => Encoding.UTF8.GetString(Redactor.Answer(name, Encoding.UTF8.GetBytes(text)));
}
