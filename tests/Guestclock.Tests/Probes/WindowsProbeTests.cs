using System.Text;
using Guestclock.Facts;
using Guestclock.Probes;
using Guestclock.Testing;
using Guestclock.Tests.Formats;

namespace Guestclock.Tests.Probes;

public class WindowsProbeTests
{
    [Theory]
    [InlineData("/boot.ini")]
    [InlineData("/BOOT.INI")]
    public void Finds_boot_ini_whatever_its_case(string path)
    {
        var facts = WindowsProbe.Gather(new MemoryMachine().File(path, Encoding.Latin1.GetBytes(BootIniFileTests.Xp)));
        Assert.Equal(2, facts.BootIni.Value!.Entries.Count);
        Assert.Equal(path, facts.BootIni.Source);
        Assert.Equal(FactState.Missing, facts.BootManager.State);
    }

    [Theory]
    [InlineData("/bootmgr")]
    [InlineData("/Boot/BCD")]
    [InlineData("/EFI/Microsoft/Boot/BCD")]
    public void Finds_Vista_and_later(string path) =>
        Assert.Equal(path, WindowsProbe.Gather(new MemoryMachine().File(path, "x")).BootManager.Value);

    [Fact]
    public void Utf_16_is_malformed() =>
        Assert.Equal(FactState.Malformed, WindowsProbe.Gather(new MemoryMachine().File("/boot.ini", [0xFF, 0xFE, 0x5B, 0])).BootIni.State);

    [Fact]
    public void Linux_has_none()
    {
        var facts = WindowsProbe.Gather(new MemoryMachine().File("/boot/grub/grub.cfg", "x").File("/etc/os-release", "ID=debian"));
        Assert.Equal((FactState.Missing, FactState.Missing), (facts.BootIni.State, facts.BootManager.State));
    }
}
