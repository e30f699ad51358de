using System.Text;
using Guestclock.Facts;
using Guestclock.Fixes;
using Guestclock.Fixes.Steps;
using Guestclock.Probes;
using Guestclock.Testing;

namespace Guestclock.Tests.Fixes.Windows;

public class WindowsTimerFixTests
{
    private const string Arc = "multi(0)disk(0)rdisk(0)partition(1)";

    [Fact]
    public void Each_entry_that_the_check_concerns_gets_the_switch()
    {
        const string before = $"[boot loader]\r\ntimeout=30\r\ndefault={Arc}\\WINDOWS\r\n[operating systems]\r\n"
            + $"{Arc}\\WINDOWS=\"Microsoft Windows XP \u00C9dition\" /noexecute=optin /fastdetect\r\n{Arc}\\WINNT=\"Microsoft Windows 2000\"\r\n"
            + $"{Arc}\\NT=\"Windows NT Workstation\"\r\nC:\\CMDCONS\\BOOTSECT.DAT=\"Recovery Console\" /cmdcons\r\n/use pmtimer\r\n\u001A";
        var plan = Plan("/BOOT.INI", before);
        Assert.Equal(before.Replace("/fastdetect", "/fastdetect /usepmtimer", StringComparison.Ordinal)
            .Replace("2000\"", "2000\" /usepmtimer", StringComparison.Ordinal).Replace("/use pmtimer\r\n", "", StringComparison.Ordinal),
            Planned.OnlyFile(plan, "/BOOT.INI"));
        Assert.Equal(Effect.GuestStart, plan.Steps[0].Effect);
        Assert.Empty(Plan("/BOOT.INI", Planned.OnlyFile(plan, "/BOOT.INI")).Steps);
    }

    [Fact]
    public void A_title_without_its_end_is_left_to_the_user()
    {
        var plan = Plan("/boot.ini", $"[operating systems]\r\n{Arc}\\WINDOWS=\"XP /fastdetect\r\n");
        Assert.Empty(plan.Steps);
        Assert.Contains("line 2", Planned.ByHand(plan), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_Vista_and_later_the_lines_to_type_are_printed()
    {
        var plan = Plan("/bootmgr", "MZ");
        Assert.Empty(plan.Steps);
        Assert.Contains("bcdedit /deletevalue {current} useplatformclock", Planned.ByHand(plan), StringComparison.Ordinal);
    }

    private static Plan Plan(string path, string text)
    {
        var machine = new MemoryMachine { IsLive = false }.File(path, Encoding.Latin1.GetBytes(text));
        var facts = new MachineFacts
        {
            Identity = new() { Os = Some.Known(Some.Os("windows", "5.1", OsFamily.Windows)) },
            Windows = WindowsProbe.Gather(machine),
        };
        return Planned.For(facts, machine, "windows-timer");
    }
}
