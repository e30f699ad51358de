using System.Text;
using Guestclock.Checks;
using Guestclock.Checks.Windows;
using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Testing;

namespace Guestclock.Tests.Checks.Windows;

public class WindowsTimerTests() : CheckTests(new WindowsTimer())
{
    private const string Arc = "multi(0)disk(0)rdisk(0)partition(1)\\WINDOWS";

    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("XP with it", Image($"{Arc}=\"Microsoft Windows XP Professional\" /fastdetect /usepmtimer"), CheckStatus.Pass,
            "1 of 1"),
        new CheckRow("case does not matter", Image($"{Arc}=\"Windows Server 2003, Enterprise\" /USEPMTIMER"), CheckStatus.Pass),
        new CheckRow("XP without it", Image($"{Arc}=\"Microsoft Windows XP Professional\" /fastdetect"), CheckStatus.Warning,
            "bootcfg /raw \"/usepmtimer\" /A /ID 1"),
        new CheckRow("one of two disks without it", Image($"{Arc}=\"Windows XP\" "
            + $"/usepmtimer\r\nscsi(0)disk(1)rdisk(0)partition(2)\\WINNT=\"Microsoft Windows 2000\" /fastdetect"),
            CheckStatus.Warning, "/ID 2"),
        new CheckRow("within the title", Image($"{Arc}=\"Windows XP /usepmtimer\""), CheckStatus.Warning, "has no /usepmtimer"),
        new CheckRow("the manual's wrong spelling", Image($"{Arc}=\"Windows XP\" /fastdetect /use pmtimer"), CheckStatus.Warning,
            "one word"),
        new CheckRow("on a line of its own", Image($"{Arc}=\"Windows XP\" /fastdetect\r\n/use pmtimer"), CheckStatus.Warning,
            "line 5 of boot.ini is wrong"),
        new CheckRow("the recovery console needs none",
            Image($"{Arc}=\"Windows XP\" /usepmtimer\r\nC:\\CMDCONS\\BOOTSECT.DAT=\"Recovery Console\" /cmdcons"), CheckStatus.Pass,
                "1 of 1"),
        new CheckRow("NT 4", Image($"{Arc}=\"Windows NT Workstation Version 4.00\""), CheckStatus.NotApplicable),
        new CheckRow("a sound host", Image($"{Arc}=\"Windows XP\"") with { Assumed = new() { HostConstantTsc = true } }, CheckStatus.Info),
        new CheckRow("Vista and later",
            Facts() with { Windows = new() { BootIni = Some.Missing<BootIni>(), BootManager = Fact.Known("/bootmgr", "/bootmgr") } },
                CheckStatus.Info, "bcdedit"),
        new CheckRow("UTF-16",
            Facts() with { Windows = new() { BootIni = Some.Not<BootIni>(FactState.Malformed, "UTF-16"),
                BootManager = Some.Missing<string>() } }, CheckStatus.Unknown, "UTF-16"),
        new CheckRow("the Windows volume without boot.ini",
            Facts() with { Windows = new() { BootIni = Some.Missing<BootIni>(), BootManager = Some.Missing<string>() } },
                CheckStatus.Unknown, "active partition"),
        new CheckRow("Linux",
            Some.KvmGuest() with { Windows = new() { BootIni = Some.Missing<BootIni>(), BootManager = Some.Missing<string>() } },
                CheckStatus.NotApplicable, "no Windows"),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new WindowsTimer(), row);

    private static MachineFacts Facts() => new()
    {
        Identity = new() { Os = Some.Known(Some.Os("windows", "5.1", OsFamily.Windows)) },
    };

    private static MachineFacts Image(string entries) => Facts() with
    {
        Windows = new()
        {
            BootIni = Fact.Known(BootIniFile.Parse(Encoding.Latin1.GetBytes($"[boot loader]\r\ntimeout=30\r\n[operating "
                + $"systems]\r\n{entries}\r\n")), "/boot.ini"),
            BootManager = Some.Missing<string>(),
        },
    };
}
