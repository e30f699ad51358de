using Guestclock.Formats;
using Guestclock.Formats.TimeServices;
using Guestclock.Testing;

namespace Guestclock.Tests.Formats;

public class ServiceFormatsTests
{
    /// <summary>From the ntp.conf of CentOS 6 (ntp 4.2.6p5) and of NTPsec.</summary>
    private const string Ntp = "driftfile /var/lib/ntp/drift\nrestrict default kod nomodify # remark\nserver 0.centos.pool.ntp.org " +
        "iburst\ntinker panic 0\nkeys \"/etc/ntp/my keys\"\n";

    /// <summary>ntp.toml.default of ntpd-rs 1.7, with settings of ntp.toml(5).</summary>
    private const string NtpToml = """
        [observability]
        log-level = "info"   # remark
        observation-path = '/var/run/ntpd-rs/observe'

        [[source]]
        mode = "pool"
        address = "ntpd-rs.pool.ntp.org"
        count = 4

        [[source]]
        mode = "nts"
        address = "time.example:4460"

        [synchronization]
        single-step-panic-threshold = { forward = "inf", backward = 86_400 }
        [[server]]
        allowlist = { filter = [
          "0.0.0.0/0", # all ]
          "::/0" ], action = "deny" }
        """;

    private const string Timesyncd = "# c\n[Time]\nNTP=a b \\\n  c\n; d\nFallbackNTP=\nRootDistanceMaxSec = 5\nnonsense\n[Other]\nNTP=x\n";

    [Fact]
    public void Reads_ntp_conf() =>
        Assert.Equal(["1 driftfile /var/lib/ntp/drift", "2 restrict default|kod|nomodify", "3 server 0.centos.pool.ntp.org|iburst",
            "4 tinker panic|0", "5 keys /etc/ntp/my keys"],
            NtpConf.Parse(Ntp).Select(l => $"{l.Number} {l.Name} {string.Join('|', l.Words)}"));

    [Fact]
    public void Reads_ini_files() =>
        Assert.Equal(["3 Time NTP=a b  c", "6 Time FallbackNTP=", "7 Time RootDistanceMaxSec=5", "10 Other NTP=x"],
            IniFile.Parse(Timesyncd).Select(e => $"{e.Line} {e.Section} {e.Key}={e.Value}"));

    [Fact]
    public void Reads_toml() =>
        Assert.Equal(
            [
                "2 observability[0] log-level=info", "3 observability[0] observation-path=/var/run/ntpd-rs/observe",
                    "6 source[0] mode=pool",
                "7 source[0] address=ntpd-rs.pool.ntp.org", "8 source[0] count=4", "11 source[1] mode=nts",
                    "12 source[1] address=time.example:4460",
                "15 synchronization[0] single-step-panic-threshold.forward=inf",
                    "15 synchronization[0] single-step-panic-threshold.backward=86_400",
                "17 server[0] allowlist.filter=[\n  \"0.0.0.0/0\", # all ]\n  \"::/0\" ]", "19 server[0] allowlist.action=deny",
            ],
            Toml.Parse(NtpToml).Select(e => $"{e.Line} {e.Table}[{e.Index}] {e.Key}={e.Value}"));

    [Theory]
    [InlineData("a = 'x'", "x")]
    [InlineData("a = \"x\\\"y\\n\"", "x\"y\n")]
    [InlineData("a = \"\"\"x\ny\"\"\"", "x\ny")]
    [InlineData("a = true # b", "true")]
    [InlineData("\"a\" = 1", "1")]
    [InlineData("a={}\nb=2", "2")]
    public void Reads_toml_values(string text, string value) => Assert.Equal(value, Toml.Parse(text)[^1].Value);

    [Theory]
    [InlineData("a")]
    [InlineData("a = ")]
    [InlineData("a = \"x")]
    [InlineData("[a\nb=1")]
    [InlineData("a = [1, 2")]
    [InlineData("a = 1 } x")]
    [InlineData("= 1")]
    public void Refuses_what_is_no_toml(string text) => Assert.Throws<MalformedInputException>(() => Toml.Parse(text));

    [Theory]
    [InlineData("*.conf", "a.conf", true)]
    [InlineData("*.conf", ".a.conf", false)]
    [InlineData("*.conf", "a.conf~", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("[0-9][!0-9]*", "1a", true)]
    [InlineData("[0-9][!0-9]*", "11", false)]
    [InlineData("[]x]", "]", true)]
    [InlineData("a\\*", "a*", true)]
    [InlineData("a\\*", "ab", false)]
    [InlineData("*a*b*", "xaybz", true)]
    [InlineData("[a", "[a", true)]
    [InlineData("", "", true)]
    public void Matches_patterns(string pattern, string name, bool matches) => Assert.Equal(matches, GlobPattern.Matches(pattern, name));

    [Theory]
    [InlineData("-F 1 -f /x.conf", "F=1 f=/x.conf", "")]
    [InlineData("-nxf/x.conf", "n= x= f=/x.conf", "")]
    [InlineData("-d server\u00a0a -- -x", "d=", "server\u00a0a -x")]
    [InlineData("-f", "", "")]
    public void Reads_command_lines(string arguments, string options, string operands)
    {
        var read = DaemonOptions.Chronyd(arguments.Split(' '));
        Assert.Equal(options, string.Join(' ', read.Options.Select(o => $"{o.Letter}={o.Argument}")));
        Assert.Equal(operands, string.Join(' ', read.Operands));
    }

    [Fact]
    public void Reads_long_options() => Assert.Equal("/x",
        DaemonOptions.Ntpd(["--slew", "--configfile=/y", "--configfile", "/x", "--other"]).Argument('c'));

    [Fact]
    public void Never_fails_on_any_text()
    {
        Fuzz.Text([Ntp], text => NtpConf.Parse(text));
        Fuzz.Text([Timesyncd], text => IniFile.Parse(text));
        Fuzz.Text([NtpToml], text => Toml.Parse(text));
        Fuzz.Text(["a*b?[a-z]*[!x]c", "*******a", "[[]["], text => GlobPattern.Matches(text, "axxbyzzzqc"));
        Fuzz.Text(["-F 1 -f /x.conf --slew -nx"], text => DaemonOptions.Ntpd(text.Split(' ')));
    }
}
