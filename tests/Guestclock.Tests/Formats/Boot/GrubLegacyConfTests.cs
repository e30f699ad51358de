using Guestclock.Formats.Boot;
using Guestclock.Testing;

namespace Guestclock.Tests.Formats.Boot;

public class GrubLegacyConfTests
{
    [Fact]
    public void Rhel_4_boots_its_second_entry()
    {
        var file = GrubLegacyConf.Parse(BootSamples.Rhel4);
        Assert.Equal(2, file.Entries.Count);
        var chosen = MenuChoice.Pick(file.Entries, file.Default)!;
        Assert.Equal("Red Hat Enterprise Linux ES-up (2.6.9-89.EL)", chosen.Title);
        Assert.Equal("/vmlinuz-2.6.9-89.EL", chosen.Kernel);
        Assert.Equal("ro root=/dev/VolGroup00/LogVol00 rhgb quiet clock=pmtmr", chosen.Arguments);
        Assert.Equal(17, chosen.Line);
    }

    [Fact]
    public void Rhel_5_has_Linux_as_the_module_of_a_Xen_entry()
    {
        var file = GrubLegacyConf.Parse(BootSamples.Rhel5);
        Assert.Equal(["/vmlinuz-2.6.18-164.el5", "/vmlinuz-2.6.18-164.el5xen"], file.Entries.Select(e => e.Kernel));
        Assert.Equal("ro root=/dev/VolGroup00/LogVol00 rhgb quiet notsc lpj=2600700", file.Entries[0].Arguments);
    }

    [Fact]
    public void Sles_11_separates_by_blanks() =>
        Assert.Equal("root=/dev/vda2 resume=/dev/vda1 splash=silent crashkernel=256M-:128M showopts",
            GrubLegacyConf.Parse(BootSamples.Sles11).Entries[0].Arguments);

    [Theory]
    [InlineData("title a\nkernel --no-mem-option (hd0,0)/vmlinuz ro", "(hd0,0)/vmlinuz", "ro")]
    [InlineData("title=a\nkernel=/vmlinuz ro \\\n notsc\n", "/vmlinuz", "ro   notsc")]
    [InlineData("title a\r\n\tkernel\t/vmlinuz ro\r\n", "/vmlinuz", "ro")]
    [InlineData("term a\n\tkernel /vmlinuz ro\n", "/vmlinuz", "ro")]
    [InlineData("title a\n/kernel /vmlinuz ro\n", "/vmlinuz", "ro")]
    public void Reads_each_spelling(string text, string kernel, string arguments)
    {
        var entry = Assert.Single(GrubLegacyConf.Parse(text).Entries);
        Assert.Equal((kernel, arguments), (entry.Kernel, entry.Arguments));
    }

    [Fact]
    public void A_manual_s_term_for_title_is_remarked_and_not_counted()
    {
        var file = GrubLegacyConf.Parse("term Red Hat (2.6.18-159.el5)\nkernel /a ro\ntitle b\nkernel /b ro\n");
        Assert.Contains("line 1: 'term'", Assert.Single(file.Remarks), StringComparison.Ordinal);
        Assert.Equal("/b", MenuChoice.Pick(file.Entries, "0")!.Kernel);
    }

    [Fact]
    public void A_memory_test_and_a_chain_loader_are_no_Linux() =>
        Assert.Empty(GrubLegacyConf.Parse("title m\nkernel /memtest86+-5.01\ntitle w\nchainloader +1\n").Entries);

    [Fact]
    public void Never_fails_on_any_text() => Fuzz.Text(BootSamples.All, t => GrubLegacyConf.Parse(t));
}
