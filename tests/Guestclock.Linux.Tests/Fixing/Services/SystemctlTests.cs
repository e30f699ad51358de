using Guestclock.Fixes;
using Guestclock.Fixes.Steps;
using Guestclock.Linux.Tests.Trees;

namespace Guestclock.Linux.Tests.Fixing.Services;

/// <summary>Units with [Install] sections of every kind: our links are those that systemctl itself makes and takes away below a root.</summary>
public class SystemctlTests
{
    private const string Own = "/etc/systemd/system";
    private const string Vendor = "/usr/lib/systemd/system";

    private static readonly string[] Guest = ["role=kvm-guest"];

    [Fact]
    public void Links_are_those_of_systemctl()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/systemctl"), "systemctl is not installed");
        for (var seed = 1; seed <= 40; seed++)
        {
            var random = new Random(seed);
            var tree = Some(random);
            using var theirs = tree.Written();
            using var ours = tree.Written();
            TempTree.Run("/usr/bin/systemctl", "--quiet", $"--root={theirs.Root}", "enable", "ntpd.service");
            Perform(FixedTree.Plan(tree, ours, Guest, "time-service-enabled"), ours);
            Assert.True(Links(theirs) == Links(ours), $"seed {seed}, enabled: {Links(theirs)}\nours: {Links(ours)}\n{Units(theirs)}");

            foreach (var directory in new[] { theirs, ours })
            {
                directory.File("/usr/sbin/chronyd").File($"{Vendor}/chronyd.service", "[Service]\nExecStart=/usr/sbin/chronyd\n\n[Install]\nWantedBy=multi-user.target\n")
                    .Link($"{Own}/keep.target.wants/chronyd.service", $"{Vendor}/chronyd.service");
            }

            TempTree.Run("/usr/bin/systemctl", "--quiet", $"--root={theirs.Root}", "disable", "ntpd.service");
            Perform(FixedTree.Plan(tree, ours, Guest, "time-service-single"), ours);
            Assert.True(Links(theirs) == Links(ours), $"seed {seed}, disabled: {Links(theirs)}\nours: {Links(ours)}\n{Units(theirs)}");
        }
    }

    private static Tree Some(Random random)
    {
        var tree = RedHat.Rhel(9).Without("/usr/sbin/chronyd").Without($"{Vendor}/chronyd.service").Without(Own).Program("/usr/sbin/ntpd");
        var folder = random.Next(4) == 0 ? Own : Vendor;
        tree.File($"{folder}/ntpd.service", "[Unit]\nDescription=x\n[Service]\nExecStart=/usr/sbin/ntpd\n\n" + Install(random, "multi-user.target"));
        tree.File($"{Vendor}/ntp-wait.service", "[Service]\nExecStart=/bin/true\n" + Install(random, "time-sync.target", also: false));
        tree.File($"{Vendor}/helper@.service", "[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=multi-user.target dev-%i.device\n" + (random.Next(2) == 0 ? "DefaultInstance=pool\n" : ""));
        foreach (var place in new[] { $"{Own}/ntpd.service.d/10-x.conf", $"{Vendor}/ntpd.service.d/20-y.conf", $"{Vendor}/service.d/30-z.conf" })
        {
            if (random.Next(4) == 0)
                tree.File(place, random.Next(2) == 0 ? "[Install]\nWantedBy=\nWantedBy=dropped.target\n" : "# more\n[Install]\nRequiredBy=more.target\n");
        }

        if (random.Next(4) == 0)
            tree.Link($"{Own}/unrelated.target.wants/other.service", $"{Vendor}/other.service");
        return tree;
    }

    private static string Install(Random random, string target, bool also = true)
    {
        var lines = new List<string> { $"WantedBy={target}{(random.Next(3) == 0 ? " graphical.target" : "")}" };
        string[] more =
        [
            "RequiredBy=time-sync.target", "Alias=%p-alias.service", "Alias=time.service", "WantedBy=\\\n  x.target \\\n  y.target", "; a comment", "WantedBy=p-%p-%N.target",
            "Unknown=x", "RequiredBy=q.target q.target",
        ];
        string[] others = ["Also=ntp-wait.service", "Also=helper@pool.service", "Also=missing.socket"];
        lines.AddRange(more.Where(_ => random.Next(4) == 0));
        if (also)
            lines.AddRange(others.Where((_, i) => random.Next(i == 2 ? 12 : 4) == 0));
        return "[Install]\n" + string.Join('\n', lines.OrderBy(_ => random.Next())) + "\n";
    }

    private static void Perform(Plan plan, TempTree directory)
    {
        foreach (var step in plan.Steps)
        {
            var link = Assert.IsType<LinkStep>(step);
            if (link.Before is not null)
                File.Delete(directory.At(link.Path));
            if (link.After is { } target)
                directory.Link(link.Path, target);
        }
    }

    /// <summary>Every link below the administrator's folder; this systemctl may be built for /lib or for /usr/lib.</summary>
    private static string Links(TempTree directory) => TempTree.Run("sh", "-c", $"cd \"$1\" && find .{Own} -type l -printf '%P -> %l\\n' | sed 's#/usr/lib/#/lib/#' | sort", "sh", directory.Root);

    private static string Units(TempTree directory) => TempTree.Run("sh", "-c", "cd \"$1\" && find . -name '*ntp*' -type f -path '*systemd*' -exec head -50 {} + ; find . -path '*.d/*' -exec cat {} +", "sh", directory.Root);
}
