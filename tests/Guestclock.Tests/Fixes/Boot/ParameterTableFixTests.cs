using Guestclock.Checks;
using Guestclock.Checks.Boot;
using Guestclock.Facts;
using Guestclock.Fixes;

namespace Guestclock.Tests.Fixes.Boot;

/// <summary>kernel-arguments for the parameter table of RHEL and CentOS guests on hosts without a constant TSC.</summary>
public class ParameterTableFixTests
{
    private const string Calibrated = "Calibrating delay loop... 5192.24 BogoMIPS (lpj=2596120)";

    /// <summary>Release, 64 bits, paravirtualised clock, calibrated number known; the arguments before and after. Where both are equal nothing is planned.</summary>
    [Theory]
    [InlineData("3.9", true, null, false, "ro quiet", "ro quiet")]
    [InlineData("3.9", false, null, true, "ro quiet", "ro quiet")]
    [InlineData("4.8", true, null, false, "ro quiet", "ro quiet notsc")]
    [InlineData("4.8", false, null, false, "ro quiet", "ro quiet clock=pmtmr")]
    [InlineData("4.8", true, null, false, "ro notsc divider=10 quiet", "ro notsc quiet")]
    [InlineData("4.8", false, null, true, "ro clock=tsc quiet", "ro clock=pmtmr quiet")]
    [InlineData("4.8", true, null, true, "ro notsc lpj=n quiet", "ro notsc quiet")]
    [InlineData("5.3", true, null, false, "ro quiet", "ro quiet notsc")]
    [InlineData("5.3", false, null, false, "ro quiet", "ro quiet clocksource=acpi_pm")]
    [InlineData("5.3", false, null, true, "ro clocksource=tsc quiet", "ro clocksource=acpi_pm quiet")]
    [InlineData("5.4", true, true, true, "ro quiet", "ro quiet")]
    [InlineData("5.4", false, true, true, "ro quiet", "ro quiet")]
    [InlineData("5.4", true, false, false, "ro quiet", "ro quiet notsc")]
    [InlineData("5.4", true, false, true, "ro quiet", "ro quiet notsc")]
    [InlineData("5.4", true, false, true, "ro notsc lpj=n", "ro notsc lpj=2596120")]
    [InlineData("5.4", true, false, false, "ro notsc lpj=n", "ro notsc")]
    [InlineData("5.4", false, false, true, "ro quiet", "ro quiet clocksource=acpi_pm")]
    [InlineData("5.4", false, false, true, "ro clocksource=tsc lpj=n quiet", "ro clocksource=acpi_pm lpj=2596120 quiet")]
    [InlineData("5.4", false, false, false, "ro clocksource=acpi_pm lpj=n", "ro clocksource=acpi_pm")]
    [InlineData("5.5", true, true, true, "ro quiet", "ro quiet")]
    [InlineData("5.5", false, true, true, "ro quiet", "ro quiet")]
    [InlineData("5.5", true, false, true, "ro quiet", "ro quiet notsc lpj=2596120")]
    [InlineData("5.5", true, false, false, "ro quiet", "ro quiet notsc")]
    [InlineData("5.5", false, false, true, "ro quiet", "ro quiet clocksource=acpi_pm lpj=2596120")]
    [InlineData("5.5", false, false, false, "ro lpj=n quiet", "ro quiet clocksource=acpi_pm")]
    [InlineData("5.9", true, false, true, "ro notsc lpj=1298060", "ro notsc lpj=2596120")]
    [InlineData("5.9", true, false, true, "ro notsc lpj=2600700", "ro notsc lpj=2600700")]
    [InlineData("6.0", true, true, true, "ro quiet", "ro quiet")]
    [InlineData("6.0", true, false, true, "ro quiet", "ro quiet notsc lpj=2596120")]
    [InlineData("6.0", true, false, false, "ro quiet", "ro quiet notsc")]
    [InlineData("6.1", true, true, true, "ro quiet", "ro quiet")]
    [InlineData("6.10", true, true, true, "ro no-kvmclock emergency quiet", "ro quiet")]
    public void Each_row(string version, bool is64Bit, bool? pvClock, bool isCalibrated, string before, string after)
    {
        foreach (var id in new[] { "rhel", "centos" })
        {
            var disk = Guest(id, version, is64Bit, before).Assume(hostConstantTsc: false, pvClock);
            if (isCalibrated)
                disk.Log(Calibrated);
            if (before == after)
            {
                Assert.Equal(CheckStatus.Pass, disk.Finding("boot-parameters").Status);
                Assert.Empty(disk.Planned().Plan.Steps);
            }
            else
            {
                Assert.Equal(["/boot/grub/grub.conf"], disk.Repaired().Written);
            }

            Assert.Equal(Menu(after), disk.Text("/boot/grub/grub.conf"));
        }
    }

    public static TheoryData<int, int, bool, bool, string> Table
    {
        get
        {
            var rows = new TheoryData<int, int, bool, bool, string>();
            foreach (var row in GuestParameterTable.Rows.Where(r => r.Major < 7))
            {
                foreach (var is64Bit in row.Is64Bit is { } one ? [one] : new[] { true, false })
                    rows.Add(row.Major, row.FromMinor, is64Bit, row.PvClock ?? false, row.Parameters);
            }

            return rows;
        }
    }

    /// <summary>From wrong values of everything that a row asks for.</summary>
    [Theory]
    [MemberData(nameof(Table))]
    public void Each_row_of_the_table_is_met_after_its_repair(int major, int minor, bool is64Bit, bool pvClock, string parameters)
    {
        var disk = Guest("rhel", $"{major}.{minor}", is64Bit, "ro emergency lpj=n rhgb quiet").Assume(hostConstantTsc: false, pvClock).Log(Calibrated).Repaired();
        var text = disk.Text("/boot/grub/grub.conf");
        Assert.DoesNotContain("lpj=n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("emergency", text, StringComparison.Ordinal);
        // Where editions differ the check takes the one that asks for less.
        if (GuestParameterTable.Find(major, minor, is64Bit, pvClock) is [_])
            Assert.All(parameters.Split(' '), p => Assert.Contains(p.Replace("lpj=n", "lpj=2596120", StringComparison.Ordinal), text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("5.5", true, "ro quiet")]
    [InlineData("5.4", false, "ro clocksource=acpi_pm lpj=n")]
    public void Where_the_number_is_not_known_it_is_said_how_to_find_it(string version, bool is64Bit, string before)
    {
        var disk = Guest("centos", version, is64Bit, before).Assume(hostConstantTsc: false, pvClock: false).Repaired();
        Assert.Contains("dmesg | grep 'Calibrating delay'", disk.Left, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_for_lpj_is_a_risk_that_has_to_be_named()
    {
        var disk = Guest("centos", "5.5", true, "ro quiet").Assume(hostConstantTsc: false, pvClock: false).Log(Calibrated);
        Assert.Empty(disk.Planned(named: false).Plan.Steps);
        Assert.Contains(disk.Plan.Findings, f => f.State == FindingState.HeldBack);
        Assert.DoesNotContain(Guest("centos", "5.4", true, "ro notsc lpj=n").Assume(hostConstantTsc: false, pvClock: false).Planned(named: false).Plan.Findings,
            f => f.State == FindingState.HeldBack);
    }

    [Fact]
    public void The_manual_s_placeholder_of_a_running_guest_is_never_written_into_its_menu()
    {
        var disk = Guest("centos", "5.4", true, "ro quiet").Running("ro notsc lpj=n quiet").Assume(hostConstantTsc: false, pvClock: false).Planned().Applied();
        Assert.Equal(Menu("ro quiet notsc"), disk.Text("/boot/grub/grub.conf"));
    }

    private static BootDisk Guest(string id, string version, bool is64Bit, string arguments) =>
        new BootDisk(id, version, OsFamily.RedHat, is64Bit ? "x86_64" : "i686").File("/boot/grub/grub.conf", Menu(arguments))
            .Link("/boot/grub/menu.lst", "./grub.conf").Link("/etc/grub.conf", "../boot/grub/grub.conf");

    private static string Menu(string arguments) =>
        $"# grub.conf generated by anaconda\n#boot=/dev/vda\ndefault=0\ntimeout=5\nhiddenmenu\ntitle CentOS (2.6)\n\troot (hd0,0)\n\tkernel /vmlinuz-2.6 {arguments}\n\tinitrd /initrd-2.6.img\n";
}
