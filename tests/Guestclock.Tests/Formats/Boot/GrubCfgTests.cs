using Guestclock.Formats;
using Guestclock.Formats.Boot;
using Guestclock.Testing;

namespace Guestclock.Tests.Formats.Boot;

public class GrubCfgTests
{
    private static LoaderEntry Chosen(string text, string? chosen = null)
    {
        var file = GrubCfg.Parse(text);
        return MenuChoice.Pick(file.Entries, chosen ?? file.Default)!;
    }

    [Fact]
    public void Centos_7_takes_the_saved_entry()
    {
        var file = GrubCfg.Parse(BootSamples.Centos7);
        Assert.Equal("${saved_entry}", file.Default);
        Assert.Equal(3, file.Entries.Count);
        Assert.Equal(["${config_directory}/custom.cfg", "$prefix/custom.cfg"], file.Includes);
        var chosen = Chosen(BootSamples.Centos7, GrubEnv.Parse(BootSamples.Centos7Env)["saved_entry"]);
        Assert.EndsWith("quiet tsc=reliable", chosen.Arguments, StringComparison.Ordinal);
        Assert.Equal("gnulinux-3.10.0-957.el7.x86_64-advanced-1a2b", chosen.Path[^1].Id);
    }

    [Fact]
    public void Debian_12_takes_the_first()
    {
        var chosen = Chosen(BootSamples.Debian12);
        Assert.Equal("Debian GNU/Linux", chosen.Title);
        Assert.Equal("root=UUID=11-22 ro quiet clocksource=tsc", chosen.Arguments);
        Assert.Equal(3, GrubCfg.Parse(BootSamples.Debian12).Entries.Count);
    }

    [Theory]
    [InlineData("1>2")]
    [InlineData("Advanced options for Ubuntu>Ubuntu, with Linux 5.15.0-25-generic")]
    [InlineData("gnulinux-advanced-a>gnulinux-25")]
    public void Ubuntu_takes_one_of_a_submenu(string chosen)
    {
        var entry = Chosen(BootSamples.Ubuntu, chosen);
        Assert.Equal("/boot/vmlinuz-5.15.0-25-generic", entry.Kernel);
        var arguments = KernelArguments.Parse(entry.Arguments);
        Assert.Equal("file time.c +p", arguments.Value("dyndbg"));
        Assert.Equal("2596120", arguments.Value("lpj"));
    }

    [Fact]
    public void Ubuntu_replaces_what_a_function_sets() =>
        Assert.EndsWith("console=ttyS0 vt.handoff=7", GrubCfg.Parse(BootSamples.Ubuntu).Entries[0].Arguments, StringComparison.Ordinal);

    [Fact]
    public void Suse_has_linuxefi_and_Xen()
    {
        var entries = GrubCfg.Parse(BootSamples.Suse).Entries;
        Assert.Equal(3, entries.Count);
        Assert.Contains("splash=silent quiet showopts", entries[0].Arguments, StringComparison.Ordinal);
        Assert.Equal(("/boot/vmlinuz-4.12.14-120-default", "placeholder root=UUID=s splash=silent"),
            (entries[2].Kernel, entries[2].Arguments));
        Assert.Equal([2], entries[2].Path.Select(p => p.Index));
    }

    [Fact]
    public void Rhel_8_reads_its_entries_from_elsewhere()
    {
        var file = GrubCfg.Parse(BootSamples.Rhel8Cfg);
        Assert.Empty(file.Entries);
        Assert.True(file.ReadsBls);
        Assert.Equal("${saved_entry}", file.Default);
        Assert.StartsWith("root=/dev/mapper/rhel-root", file.Variables["kernelopts"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_environment_wins_over_the_file() =>
        Assert.Contains("clocksource=tsc", GrubCfg.Parse(BootSamples.Rhel8Cfg, GrubEnv.Parse(BootSamples.Rhel8Env))
            .Variables["kernelopts"], StringComparison.Ordinal);

    [Fact]
    public void A_menu_without_end_is_refused() =>
        Assert.Throws<MalformedInputException>(() => GrubCfg.Parse(string.Concat(Enumerable.Repeat("menuentry 'a' {\n", 100))));

    /// <summary>As tuned has it on RHEL 7.</summary>
    [Theory]
    [InlineData("set t=\"nohz=on tsc=reliable\"\nmenuentry a {\nlinux16 /l ro $t quiet\n}\n", "ro nohz=on tsc=reliable quiet")]
    [InlineData("set t=\"nohz=on tsc=reliable\"\nmenuentry a {\nlinux16 /l ro \"$t\" quiet\n}\n", "ro \"nohz=on tsc=reliable\" quiet")]
    [InlineData("set t=\"\"\nmenuentry a {\nlinux16 /l ro $t quiet\n}\n", "ro quiet")]
    [InlineData("set t=\" b c \"\nmenuentry a {\nlinux16 /l a$t${t}d\n}\n", "a b c b c d")]
    public void A_variable_outside_quotes_is_as_many_words_as_its_value(string text, string arguments) =>
        Assert.Equal(arguments, GrubCfg.Parse(text).Entries.Single().Arguments);

    [Fact]
    public void Variables_that_double_each_other_stay_small()
    {
        var sets = string.Concat(Enumerable.Range(1, 60).Select(i => $"set a{i}=$a{i - 1}$a{i - 1}\n"));
        var file = GrubCfg.Parse($"set a0=0123456789\n{sets}menuentry a {{\nlinux /l {string.Concat(Enumerable.Repeat("$a60 ", 10_000))}\n}}\n");
        Assert.InRange(file.Entries[0].Arguments.Length, 1, 3_000_000);
    }

    [Fact]
    public void Never_fails_on_any_text() => Fuzz.Text(BootSamples.All, t => GrubCfg.Parse(t));
}
