using System.Text;
using Guestclock.Linux.Tests.Trees;

namespace Guestclock.Linux.Tests.Fixing;

/// <summary>Guests of Xen on their dom0's disk, and the system volume of a Windows guest.</summary>
public class XenAndWindowsTests
{
    private const string Arc = "multi(0)disk(0)rdisk(0)partition(1)";
    private static readonly string[] Guest = ["role=kvm-guest"];

    [Theory]
    [InlineData("SLES 11", true)]
    [InlineData("Debian 12", false)]
    public void The_mode_of_a_Xen_guest_is_written_as_its_tools_take_it(string name, bool hasXend)
    {
        var tree = (name == "SLES 11" ? new Tree(name).File("/etc/SuSE-release", "SUSE Linux Enterprise Server 11 (x86_64)\nVERSION = 11\nPATCHLEVEL = 4\n") : Family.Disk(name))
            .File("/etc/xen/web.cfg", "# web\nname = 'web'\nmemory = '1024'\nvif = [ 'ip=10.0.0.2' ]   # ] here\ntsc_mode = 3   # as the old manual has it\n")
            .File("/etc/xen/vm/db", "name=\"db\"\r\nkernel=\"/boot/vmlinuz-xen\"\r\ntsc_mode=\"native\"; vcpus=2\r\n");
        if (hasXend)
            tree.File("/etc/xen/xend-config.sxp", "(xend-http-server no)\n");
        FixedTree.Repairs(tree, Golden.Of("xen-tsc-mode", name), ["role=xen-dom0"], "xen-tsc-mode");
    }

    [Fact]
    public void Boot_ini_gets_the_switch_and_keeps_its_bytes() => FixedTree.Repairs(
        new Tree("Windows XP").File("/WINDOWS/system32/smss.exe", "MZ").File("/boot.ini", Encoding.Latin1.GetBytes(
            $"[boot loader]\r\ntimeout=30\r\ndefault={Arc}\\WINDOWS\r\n[operating systems]\r\n{Arc}\\WINDOWS=\"Microsoft Windows XP \u0082dition familiale\" /noexecute=optin /fastdetect\r\n"
                + $"{Arc}\\WINNT=\"Microsoft Windows 2000\"\r\nC:\\CMDCONS\\BOOTSECT.DAT=\"Console\" /cmdcons\r\n/use pmtimer\r\n\u001A")),
        Golden.Of("windows-timer", "Windows XP"), Guest, "windows-timer");
}
