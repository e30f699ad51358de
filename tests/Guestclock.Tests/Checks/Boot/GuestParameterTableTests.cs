using Guestclock.Checks;
using Guestclock.Checks.Boot;
using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Probes;
using Guestclock.Testing;

namespace Guestclock.Tests.Checks.Boot;

/// <summary>
/// A synthetic guest for every row of the parameter table: release file and boot file below a root, through the probe, to the finding.
/// </summary>
public class GuestParameterTableTests
{
    private const string Lpj = "lpj=2600700";

    public static TheoryData<string, bool, bool?, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, bool, bool?, string>();
            foreach (var row in GuestParameterTable.Rows)
            {
                foreach (var is64Bit in row.Is64Bit is { } one ? [one] : new[] { true, false })
                    rows.Add($"{row.Major}.{row.FromMinor}", is64Bit, row.PvClock, row.Parameters);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void With_its_parameters_a_guest_passes(string version, bool is64Bit, bool? pvClock, string parameters)
    {
        foreach (var id in new[] { "rhel", "centos" })
        {
            var finding = Judge(Guest(id, version, is64Bit, pvClock, parameters.Replace("lpj=n", Lpj, StringComparison.Ordinal)));
            Assert.True(finding.Status is CheckStatus.Pass or CheckStatus.Info, $"{id} {version}: {CheckRow.AllText(finding)}");
            Assert.Contains("guide", finding.Summary, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Without_them_it_does_not(string version, bool is64Bit, bool? pvClock, string parameters)
    {
        var finding = Judge(Guest("rhel", version, is64Bit, pvClock, ""));
        var accepted = pvClock is not null && GuestParameterTable.Find(version[0] - '0', version[2] - '0', is64Bit, pvClock)
            .Any(r => r.Parameters.Length == 0);
        if (parameters.Length == 0 || accepted)
        {
            Assert.Equal(CheckStatus.Pass, finding.Status);
            return;
        }

        // 5.4 with a paravirtualised clock not said: the later edition asks for notsc, the manual only without the clock.
        Assert.True(finding.Status is CheckStatus.Critical or CheckStatus.Unknown, CheckRow.AllText(finding));
        Assert.Contains(parameters.Split(' ')[0], CheckRow.AllText(finding), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_placeholder_is_never_taken(string version, bool is64Bit, bool? pvClock, string parameters)
    {
        var finding = Judge(Guest("rhel", version, is64Bit, pvClock,
            (parameters.Contains("lpj=n", StringComparison.Ordinal) ? parameters : parameters + " lpj=n").Trim()));
        Assert.True(finding.Status is CheckStatus.Warning or CheckStatus.Critical, CheckRow.AllText(finding));
        Assert.DoesNotContain("--args=\"lpj=n", CheckRow.AllText(finding), StringComparison.Ordinal);
        if (parameters.Contains("lpj=n", StringComparison.Ordinal))
            Assert.Equal(CheckStatus.Critical, finding.Status);
    }

    [Theory]
    [InlineData("5.4", true, false, "notsc", "RHEL 6 guide")]
    [InlineData("5.4", true, false, "notsc lpj=2600700", "either is accepted|RHEL 5 guide and RHEL 6 guide")]
    [InlineData("5.4", true, true, "", "the RHEL 6 guide gives 'notsc', and either is accepted")]
    [InlineData("5.4", true, true, "notsc", "RHEL 5 guide and RHEL 6 guide")]
    [InlineData("5.9", true, false, "notsc lpj=2600700", "RHEL 6 guide")]
    public void Where_editions_differ_either_is_right_and_it_is_said(string version, bool is64Bit, bool? pvClock, string parameters,
        string says)
    {
        var finding = Judge(Guest("centos", version, is64Bit, pvClock, parameters));
        Assert.True(finding.Status is CheckStatus.Pass or CheckStatus.Info, CheckRow.AllText(finding));
        Assert.Contains(says.Split('|'), s => CheckRow.AllText(finding).Contains(s, StringComparison.Ordinal));
    }

    [Fact]
    public void No_divider_stands_in_the_table() =>
        Assert.DoesNotContain(GuestParameterTable.Rows, r => r.Parameters.Contains("divider", StringComparison.Ordinal));

    private static Finding Judge(MachineFacts facts) => new BootParameters().Judge(facts, Policy.Default);

    private static MachineFacts Guest(string id, string version, bool is64Bit, bool? pvClock, string parameters)
    {
        var machine = new MemoryMachine { IsLive = false, Absent = FactState.NotRecorded };
        var name = id == "rhel" ? "Red Hat Enterprise Linux Server" : "CentOS";
        machine.File(id == "rhel" ? "/etc/redhat-release" : "/etc/centos-release", $"{name} release {version}\n");
        if (version[0] == '7')
        {
            machine.File("/boot/grub2/grub.cfg", $"set default=\"0\"\nmenuentry '{name} {version}' --class rhel "
                + $"{{\n\tlinux16 /vmlinuz-3.10.0 root=/dev/vda1 ro {parameters}\n}}\n");
        }
        else
        {
            machine.File("/boot/grub/grub.conf", $"default=0\ntimeout=5\ntitle {name} {version}\n\troot (hd0,0)\n\tkernel "
                + $"/vmlinuz-2.6 ro root=/dev/vda1 {parameters}\n\tinitrd /initrd\n");
        }

        return new()
        {
            Identity = new()
            {
                Os = Some.Known(Some.Os(id, version, OsFamily.RedHat)),
                Architecture = Some.Known(is64Bit ? "x86_64" : "i686"),
                Hypervisor = Some.Known(Hypervisor.Kvm),
                Roles = Some.List(Role.KvmGuest),
            },
            Clock = new() { CommandLine = Some.Not<KernelArguments>(FactState.NotRecorded) },
            Boot = BootProbe.Gather(machine),
            Assumed = new() { HostConstantTsc = false, PvClock = pvClock },
        };
    }
}
