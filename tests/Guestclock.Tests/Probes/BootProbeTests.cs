using Guestclock.Facts;
using Guestclock.Probes;
using Guestclock.Testing;
using Guestclock.Tests.Formats.Boot;

namespace Guestclock.Tests.Probes;

public class BootProbeTests
{
    private static MemoryMachine Rhel8() => new MemoryMachine()
        .File("/boot/grub2/grub.cfg", BootSamples.Rhel8Cfg)
        .File("/boot/grub2/grubenv", BootSamples.Rhel8Env)
        .File("/boot/loader/entries/0123-4.18.0-513.5.1.el8_9.x86_64.conf", BootSamples.Rhel8Entry)
        .File("/boot/loader/entries/0123-4.18.0-477.el8.x86_64.conf",
            BootSamples.Rhel8Entry.Replace("513.5.1.el8_9", "477.el8", StringComparison.Ordinal))
        .File("/boot/loader/entries/0123-0-rescue.conf", "title Red Hat (0-rescue-0123)\nversion 0-rescue-0123\nlinux "
            + "/vmlinuz-0-rescue-0123\noptions root=/dev/mapper/rhel-root ro\n");

    public static TheoryData<string, MemoryMachine, BootLoader, string, string> Defaults => new()
    {
        { "RHEL 4", new MemoryMachine().File("/boot/grub/grub.conf", BootSamples.Rhel4).Link("/boot/grub/menu.lst", "./grub.conf")
            .Link("/etc/grub.conf", "../boot/grub/grub.conf"), BootLoader.GrubLegacy, "/boot/grub/grub.conf:17", "clock=pmtmr" },
        { "RHEL 5", new MemoryMachine().File("/boot/grub/grub.conf", BootSamples.Rhel5), BootLoader.GrubLegacy, "/boot/grub/grub.conf:9",
            "notsc lpj=2600700" },
        { "RHEL 6 with EFI", new MemoryMachine().File("/boot/efi/EFI/redhat/grub.conf", BootSamples.Centos6), BootLoader.GrubLegacy,
            "/boot/efi/EFI/redhat/grub.conf:9", "rhgb quiet" },
        { "SLES 11", new MemoryMachine().File("/boot/grub/menu.lst", BootSamples.Sles11), BootLoader.GrubLegacy,
            "/boot/grub/menu.lst:11", "showopts" },
        { "saved", new MemoryMachine()
            .File("/boot/grub/menu.lst", BootSamples.Rhel5.Replace("default=0", "default=saved", StringComparison.Ordinal))
                .File("/boot/grub/default", "1\n#\n#\n"), BootLoader.GrubLegacy, "/boot/grub/menu.lst:14", "rhgb quiet" },
        { "CentOS 7", new MemoryMachine().File("/boot/grub2/grub.cfg", BootSamples.Centos7)
            .File("/boot/grub2/grubenv", BootSamples.Centos7Env), BootLoader.Grub2, "/boot/grub2/grub.cfg:43", "tsc=reliable" },
        { "CentOS 7 with EFI, grubenv beside it", new MemoryMachine().File("/boot/efi/EFI/centos/grub.cfg", BootSamples.Centos7)
            .File("/boot/efi/EFI/centos/grubenv", BootSamples.Centos7Env), BootLoader.Grub2, "/boot/efi/EFI/centos/grub.cfg:43",
                "tsc=reliable" },
        { "RHEL 8", Rhel8(), BootLoader.Bls, "/boot/loader/entries/0123-4.18.0-513.5.1.el8_9.x86_64.conf",
            "clocksource=tsc skew_tick=1 nohz=on" },
        { "RHEL 9", new MemoryMachine().File("/boot/grub2/grub.cfg", BootSamples.Rhel8Cfg)
            .File("/boot/loader/entries/a-5.14.0-427.conf", BootSamples.Rhel9Entry), BootLoader.Bls,
                "/boot/loader/entries/a-5.14.0-427.conf", "rhgb quiet $tuned_params" },
        { "Debian 12", new MemoryMachine().File("/boot/grub/grub.cfg", BootSamples.Debian12), BootLoader.Grub2, "/boot/grub/grub.cfg:25",
            "clocksource=tsc" },
        { "Ubuntu", new MemoryMachine().File("/boot/grub/grub.cfg", BootSamples.Ubuntu)
            .File("/boot/efi/EFI/ubuntu/grub.cfg",
                "search.fs_uuid a root\nset prefix=($root)'/boot/grub'\nconfigfile $prefix/grub.cfg\n"), BootLoader.Grub2,
                    "/boot/grub/grub.cfg:26", "lpj=2596120" },
        { "SLES 12", new MemoryMachine().File("/boot/grub2/grub.cfg", BootSamples.Suse), BootLoader.Grub2, "/boot/grub2/grub.cfg:15",
            "showopts crashkernel=175M,high" },
        { "systemd-boot", new MemoryMachine().File("/efi/loader/loader.conf", "timeout 3\ndefault b*\n")
            .File("/efi/loader/entries/b1.conf", "linux /b1\noptions one\noptions two\n")
                .File("/efi/loader/entries/c.conf", "linux /c\noptions c"), BootLoader.Bls, "/efi/loader/entries/b1.conf", "one two" },
        { "Alpine", new MemoryMachine().File("/boot/extlinux.conf", BootSamples.Alpine), BootLoader.Syslinux, "/boot/extlinux.conf:11",
            "tsc=reliable" },
        { "an included file", new MemoryMachine().File("/boot/grub2/grub.cfg", "set default=own\nsource $prefix/custom.cfg\n")
            .File("/boot/grub2/custom.cfg", "menuentry 'own' { linux /vmlinuz notsc\n}\n"), BootLoader.Grub2, "/boot/grub2/custom.cfg:1",
                "notsc" },
    };

    [Theory]
    [MemberData(nameof(Defaults))]
    public void Finds_the_default_entry(string name, MemoryMachine machine, BootLoader loader, string source, string arguments)
    {
        var entry = BootProbe.Gather(machine).DefaultEntry;
        Assert.NotNull(entry);
        Assert.True((loader, source) == (entry.Loader, entry.Source), $"{name}: {entry.Loader} {entry.Source}");
        Assert.EndsWith(arguments, entry.Arguments.Text, StringComparison.Ordinal);
        Assert.True(entry is { IsRescue: false, IsLeftOver: false }, name);
    }

    [Fact]
    public void A_linked_file_counts_once()
    {
        var facts = BootProbe.Gather(new MemoryMachine().File("/boot/grub/grub.conf", BootSamples.Rhel4)
            .Link("/boot/grub/menu.lst", "./grub.conf"));
        Assert.Equal(2, facts.Entries.Value!.Count);
    }

    [Fact]
    public void Rescue_entries_are_marked()
    {
        Assert.Equal([false, false, true], BootProbe.Gather(Rhel8()).Entries.Value!.Select(e => e.IsRescue));
        Assert.Equal([false, true], BootProbe.Gather(new MemoryMachine().File("/boot/grub/menu.lst", BootSamples.Sles11))
            .Entries.Value!.Select(e => e.IsRescue));
        Assert.Equal([false, false, true], BootProbe.Gather(new MemoryMachine().File("/boot/grub/grub.cfg", BootSamples.Debian12))
            .Entries.Value!.Select(e => e.IsRescue));
    }

    [Fact]
    public void A_cloud_image_s_menu_lst_is_left_over_beside_grub_2()
    {
        var facts = BootProbe.Gather(new MemoryMachine().File("/boot/grub/grub.cfg", BootSamples.Debian12)
            .File("/boot/grub/menu.lst", BootSamples.Sles11));
        Assert.True(facts.Entries.Value!.Where(e => e.Loader == BootLoader.GrubLegacy)
            .All(e => e is { IsLeftOver: true, IsDefault: false }));
    }

    [Fact]
    public void Entries_that_grub_does_not_read_are_left_over()
    {
        var facts = BootProbe.Gather(new MemoryMachine().File("/boot/grub2/grub.cfg", BootSamples.Centos7)
            .File("/boot/loader/entries/a.conf", BootSamples.Rhel9Entry));
        Assert.True(facts.Entries.Value!.Single(e => e.Loader == BootLoader.Bls).IsLeftOver);
        Assert.Equal(BootLoader.Grub2, facts.DefaultEntry!.Loader);
    }

    [Fact]
    public void On_efi_the_file_for_bios_is_left_over()
    {
        var machine = new MemoryMachine().File("/boot/grub2/grub.cfg", BootSamples.Centos7)
            .File("/boot/efi/EFI/centos/grub.cfg", BootSamples.Centos7 + "\n# efi\n")
            .Special("/sys/firmware/efi", Machines.EntryKind.Directory);
        Assert.Equal("/boot/efi/EFI/centos/grub.cfg", BootProbe.Gather(machine).DefaultEntry!.Source.Split(':')[0]);
    }

    [Fact]
    public void Grub_default_continues_in_drop_ins()
    {
        var facts = BootProbe.Gather(new MemoryMachine()
            .File("/etc/default/grub", "GRUB_DEFAULT=0\nGRUB_CMDLINE_LINUX_DEFAULT=\"quiet splash\"\nGRUB_CMDLINE_LINUX=\"\"\n")
            .File("/etc/default/grub.d/50-cloudimg-settings.cfg", "GRUB_CMDLINE_LINUX_DEFAULT=\"console=tty1 console=ttyS0\"\n")
            .File("/etc/default/grub.d/60-time.cfg", "GRUB_CMDLINE_LINUX=\"$GRUB_CMDLINE_LINUX tsc=reliable\"\n")
            .File("/etc/default/grub.d/README", "GRUB_CMDLINE_LINUX=wrong\n"));
        Assert.Equal("tsc=reliable console=tty1 console=ttyS0", facts.GrubDefault.Value!.Together.Text);
        Assert.Equal(3, facts.GrubDefault.Value!.Files.Count);
    }

    [Fact]
    public void What_tuned_adds_counts_in_entries_and_in_the_template()
    {
        var facts = BootProbe.Gather(new MemoryMachine()
            .File("/boot/loader/entries/a.conf", BootSamples.Rhel9Entry)
            .File("/etc/default/grub",
                "GRUB_CMDLINE_LINUX_DEFAULT=\"quiet\"\nGRUB_CMDLINE_LINUX_DEFAULT=\"${GRUB_CMDLINE_LINUX_DEFAULT:+$GRUB_CMDLINE_LINUX_DEFAULT }\\$tuned_params\"\n")
            .File("/etc/tuned/bootcmdline", "# by TuneD\nTUNED_BOOT_CMDLINE=\"skew_tick=1 tsc=reliable\"\nTUNED_BOOT_INITRD_ADD=\n"));
        Assert.EndsWith("rhgb quiet skew_tick=1 tsc=reliable", facts.DefaultEntry!.Arguments.Text, StringComparison.Ordinal);
        Assert.Equal("quiet skew_tick=1 tsc=reliable", facts.GrubDefault.Value!.Together.Text);
    }

    [Theory]
    [InlineData("/etc/kernel/cmdline", "root=a ro notsc\n# why\n", "root=a ro notsc")]
    [InlineData("/usr/lib/kernel/cmdline", "ro", "ro")]
    [InlineData("/etc/sysconfig/bootloader", "LOADER_TYPE=\"grub\"\nDEFAULT_APPEND=\"resume=/dev/sda1 splash=silent showopts\"\n",
        "resume=/dev/sda1 splash=silent showopts")]
    [InlineData("/etc/update-extlinux.conf", "default_kernel_opts=\"quiet rootfstype=ext4\"\n", "quiet rootfstype=ext4")]
    public void Finds_what_new_kernels_get(string path, string text, string arguments) =>
        Assert.Equal(arguments, BootProbe.Gather(new MemoryMachine().File(path, text)).KernelInstallArguments.Value!.Text);

    [Fact]
    public void Without_root_the_reason_is_told()
    {
        var facts = BootProbe.Gather(new MemoryMachine().State("/boot/grub2/grub.cfg", FactState.Denied, "permission denied"));
        Assert.Equal((FactState.Denied, "/boot/grub2/grub.cfg"), (facts.Entries.State, facts.Entries.Source));
        Assert.Single(facts.Unread);
    }

    [Fact]
    public void A_binary_file_is_malformed_and_nothing_is_missing() =>
        Assert.Equal((FactState.Malformed, FactState.Missing), (
            BootProbe.Gather(new MemoryMachine().File("/boot/grub/menu.lst", [0, 1, 2])).Entries.State,
            BootProbe.Gather(new MemoryMachine()).Entries.State));

    [Fact]
    public void Files_that_include_each_other_come_to_an_end() =>
        Assert.Equal(FactState.Missing,
            BootProbe.Gather(new MemoryMachine().File("/boot/grub2/grub.cfg", "source $prefix/a.cfg\n")
                .File("/boot/grub2/a.cfg", "source $prefix/grub.cfg\nsource $prefix/a.cfg\n")).Entries.State);

    [Fact]
    public void Never_fails_whatever_the_files_hold() => Fuzz.Text(BootSamples.All, text => BootProbe.Gather(new MemoryMachine()
        .File("/boot/grub/grub.conf", text).File("/boot/grub2/grub.cfg", text + "\n").File("/boot/grub2/grubenv", text)
            .File("/boot/loader/entries/a.conf", text)
        .File("/boot/extlinux.conf", " " + text).File("/etc/default/grub", text).File("/etc/kernel/cmdline", text)), 300);
}
