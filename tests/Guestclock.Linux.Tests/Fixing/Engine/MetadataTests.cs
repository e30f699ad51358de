using Guestclock.Fixes.Runs;
using Guestclock.Fixes.Steps;
using Guestclock.Linux.Fixing.Calls;
using Guestclock.Linux.Fixing.Files;
using Guestclock.Linux.Native;

namespace Guestclock.Linux.Tests.Fixing.Engine;

public class MetadataTests
{
    private const string Conf = "/etc/chrony.conf";

    /// <summary>Of linux/posix_acl_xattr.h: version 2, then entries of tag, permissions and id: the owner rw, user 1234 r, the group r, the mask r, others none.</summary>
    private static readonly byte[] AccessList =
    [
        2, 0, 0, 0, 1, 0, 6, 0, 255, 255, 255, 255, 2, 0, 4, 0, 0xD2, 4, 0, 0, 4, 0, 4, 0, 255, 255, 255, 255, 16, 0, 4, 0, 255, 255, 255, 255, 32, 0, 0, 0, 255, 255, 255, 255,
    ];

    [Fact]
    public void Owner_mode_times_label_access_list_and_attributes_stay_and_come_back()
    {
        Assert.SkipUnless(Environment.UserName == "root", "only root gives files away");
        using var bench = Scenario.Replaced.Set();
        var file = bench.Tree.At(Conf);
        TempTree.Run("chown", "1234:4321", file);
        TempTree.Run("chmod", "2640", file);
        Set(bench, "user.note", [1, 0, 255]);
        Set(bench, Attributes.Label, Workbench.Bytes("system_u:object_r:chronyd_etc_t:s0\0"));
        Set(bench, Attributes.AccessList, AccessList);
        TempTree.Run("touch", "-d", "2009-02-13 23:31:30.123456789 UTC", file);
        var before = bench.States()[Conf];

        Assert.Equal(RunState.Applied, bench.Apply(Scenario.Replaced.Plan).State);
        var applied = bench.States()[Conf].Details!;
        Assert.Equal((0b010_110_100_000u, 1234u, 4321u), (applied.Mode, applied.User, applied.Group));
        Assert.Equal(before.Details! with { Modified = applied.Modified }, applied);
        Assert.NotEqual(before.Details.Modified, applied.Modified);

        bench.RollBack();
        Assert.Equal(before, bench.States()[Conf]);
        Assert.Equal(new FileTime(1234567890, 123456789), bench.States()[Conf].Details!.Modified);
        Assert.Equal(3, before.Details.Attributes.Count);
    }

    [Fact]
    public void A_folders_default_access_list_does_not_come_to_a_file_that_has_none()
    {
        using var bench = Scenario.Replaced.Set();
        SetDefault(bench);
        var before = bench.States()[Conf];
        bench.Apply(Scenario.Replaced.Plan);
        Assert.Equal(before.Details! with { Modified = default }, bench.States()[Conf].Details! with { Modified = default });
    }

    [Fact]
    public void A_new_file_and_link_of_an_image_have_the_label_of_their_folder()
    {
        Assert.SkipUnless(Environment.UserName == "root" && !Directory.Exists("/sys/fs/selinux/class"), "only root without SELinux in the kernel sets labels");
        using var bench = Scenario.Created.Set();
        var label = Workbench.Bytes("system_u:object_r:etc_t:s0\0");
        Set(bench, Attributes.Label, label, "/etc");
        bench.Apply(Workbench.Plan(Workbench.Create("/etc/new/deep/phc.conf", "x"), new LinkStep("/etc/x.service", null, "/lib/x.service")));
        Assert.Equal(label, bench.States()["/etc/new/deep/phc.conf"].Details!.Attributes[Attributes.Label]);
        Assert.Equal(label, bench.States()["/etc/x.service"].Details!.Attributes[Attributes.Label]);
        Assert.Equal("644 755\n", TempTree.Run("stat", "-c", "%a", bench.Tree.At("/etc/new/deep/phc.conf"), bench.Tree.At("/etc/new/deep")).Replace("\n7", " 7", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_beside_the_live_one_is_as_private_as_that()
    {
        using var bench = Scenario.Replaced.Set();
        TempTree.Run("chmod", "600", bench.Tree.At(Conf));
        Set(bench, "user.note", [1]);
        var live = bench.States()[Conf].Details!;
        bench.Apply(Workbench.Plan(Workbench.Create(Conf + ".kvm", "password x") with { Like = Conf }));
        var made = bench.States()[Conf + ".kvm"].Details!;
        Assert.Equal(live with { Modified = made.Modified }, made);
    }

    [Fact]
    public void A_link_gets_its_owner_and_times_back()
    {
        Assert.SkipUnless(Environment.UserName == "root", "only root gives links away");
        using var bench = Scenario.Linked.Set();
        TempTree.Run("chown", "-h", "1234:4321", bench.Tree.At("/etc/wants/ntpd.service"));
        TempTree.Run("touch", "-h", "-d", "2009-02-13 23:31:30.5 UTC", bench.Tree.At("/etc/wants/ntpd.service"));
        var before = bench.States();
        bench.Apply(Scenario.Linked.Plan);
        bench.RollBack();
        Assert.Equal(before, bench.States());
    }

    [Fact]
    public void A_program_that_writes_the_same_text_with_another_mode_is_undone_too()
    {
        using var bench = Scenario.Generated.Set();
        bench.Tree.File("/usr/sbin/update-grub", "#!/bin/sh\nchmod 600 ${0%/usr/sbin/update-grub}/boot/grub/grub.cfg\n");
        var before = bench.States()["/boot/grub/grub.cfg"];
        bench.Apply(Workbench.Plan(new ProgramStep("update-grub") { Writes = ["/boot/grub/grub.cfg"] }));
        Assert.Equal(0b110_000_000u, bench.States()["/boot/grub/grub.cfg"].Details!.Mode);
        bench.RollBack();
        Assert.Equal(before, bench.States()["/boot/grub/grub.cfg"]);
    }

    private static void SetDefault(Workbench bench) => Set(bench, "system.posix_acl_default", AccessList, "/etc");

    private static void Set(Workbench bench, string name, byte[] value, string path = Conf)
    {
        var descriptor = LibC.OpenAt(LibC.WorkingDirectory, bench.Tree.At(path), OpenFlags.Read);
        new ChangeCalls().SetAttribute(descriptor, name, value, path);
        _ = LibC.Close(descriptor);
    }
}
