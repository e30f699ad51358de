using Guestclock.Fixes;
using Guestclock.Fixes.Steps;

namespace Guestclock.Linux.Tests.Fixing.Engine;

/// <summary>A tree and a plan for it.</summary>
public sealed record Scenario(string Name, Action<TempTree> Build, Plan Plan, bool IsLive = false)
{
    private const string UpdateGrub = "#!/bin/sh\nroot=${0%/usr/sbin/update-grub}\ncat $root/etc/default/grub > $root/boot/grub/grub.cfg.new\nmv $root/boot/grub/grub.cfg.new $root/boot/grub/grub.cfg\n";

    public static readonly Scenario Replaced = new("one file is replaced", t => t.File("/etc/chrony.conf", "pool a\n"),
        Workbench.Plan(Workbench.Replace("/etc/chrony.conf", "pool a\n", "pool a\nmakestep 1 -1\n")));

    public static readonly Scenario Created = new("a file is made in two new folders", t => t.File("/etc/keep", "k"),
        Workbench.Plan(Workbench.Create("/etc/new/deep/phc.conf", "refclock PHC /dev/ptp0\n")));

    public static readonly Scenario Linked = new("links are made, changed and removed",
        t => t.Link("/etc/wants/chronyd.service", "/lib/chronyd.service").Link("/etc/wants/ntpd.service", "/lib/ntpd.service"),
        Workbench.Plan(
            new LinkStep("/etc/wants/chronyd.service", "/lib/chronyd.service", "/usr/lib/chronyd.service"),
            new LinkStep("/etc/wants/ntpd.service", "/lib/ntpd.service", null),
            new LinkStep("/etc/other/x.service", null, "/lib/x.service")));

    public static readonly Scenario Mixed = new("files and links in several folders",
        t => t.File("/etc/default/grub", "GRUB=\"quiet\"\r\n").File("/boot/grub/grub.cfg", new string('x', 3000)).File("/a", "1")
            .Link("/etc/localtime", "../usr/share/zoneinfo/UTC"),
        Workbench.Plan(
            Workbench.Replace("/etc/default/grub", "GRUB=\"quiet\"\r\n", "GRUB=\"quiet tsc=reliable\"\r\n"),
            Workbench.Replace("/boot/grub/grub.cfg", new string('x', 3000), new string('y', 2500)),
            Workbench.Replace("/a", "1", ""),
            Workbench.Create("/etc/modules-load.d/ptp_kvm.conf", "ptp_kvm\n"),
            new LinkStep("/etc/localtime", "../usr/share/zoneinfo/UTC", null)));

    public static readonly Scenario Generated = new("a program writes a file from another one",
        t =>
        {
            t.File("/etc/default/grub", "old\n").File("/boot/grub/grub.cfg", "old\n").File("/usr/sbin/update-grub", UpdateGrub);
            TempTree.Run("chmod", "755", t.At("/usr/sbin/update-grub"));
        },
        Workbench.Plan(
            Workbench.Replace("/etc/default/grub", "old\n", "new\n"),
            new ProgramStep("update-grub") { Phase = StepPhase.Generate, Writes = ["/boot/grub/grub.cfg"], Undo = [] }), IsLive: true);

    public static IReadOnlyList<Scenario> OfFiles => [Replaced, Created, Linked, Mixed];

    public static TheoryData<string> FileNames => [.. OfFiles.Select(s => s.Name)];

    public static Scenario Named(string name) => OfFiles.First(s => s.Name == name);

    public Workbench Set()
    {
        var bench = new Workbench { IsLive = IsLive };
        Build(bench.Tree);
        return bench;
    }
}
