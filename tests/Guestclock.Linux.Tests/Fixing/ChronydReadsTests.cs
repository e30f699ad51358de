using System.Text;
using Guestclock.Facts;
using Guestclock.Fixes.Steps;
using Guestclock.Linux.Machines;
using Guestclock.Linux.Tests.Trees;
using Guestclock.Probes;

namespace Guestclock.Linux.Tests.Fixing;

/// <summary>
/// chronyd itself reads what the repairs wrote, and finds what our reader finds: <c>chronyd -p</c> prints every directive in the order in which it
/// holds. It reads a copy, in which the paths of other files lead into the copy.
/// </summary>
public class ChronydReadsTests
{
    private static readonly string[] Wrong = ["step-policy", "rtc-synced", "phc-refclock"];

    private static readonly string? Chronyd = new[] { "/usr/sbin/chronyd", "/usr/bin/chronyd" }.FirstOrDefault(File.Exists);

    public static TheoryData<string> Names => [.. Family.WithChrony];

    [Theory]
    [MemberData(nameof(Names))]
    public void Chronyd_takes_what_was_repaired(string name)
    {
        Assert.SkipWhen(Chronyd is null, "chronyd is not installed");
        var main = Family.Chrony(name);
        using var directory = Family.Disk(name).With(t => WithoutRtcSync(t, main)).Append(main, "maxchange 1000 1 2\r\nRefClock\tPHC /dev/ptp0:nocrossts poll 2")
            .File("/usr/lib/udev/rules.d/50-udev-default.rules", "SYMLINK += \"ptp_kvm\"\n").Written();
        var plan = FixedTree.Plan(Family.Disk(name), directory, ["role=kvm-guest"], Wrong);
        Assert.NotEmpty(plan.Steps);
        foreach (var step in plan.Steps.OfType<FileStep>())
            directory.File(step.Path, step.After);

        using var machine = new DirectoryMachine(directory.Root);
        var conf = ServiceProbe.Gather(machine).ChronyConf.Value!;
        Assert.Equal(["makestep 1 -1", "rtcsync", "RefClock PHC /dev/ptp_kvm:nocrossts poll 2"],
            new[] { conf.Last("makestep"), conf.Last("rtcsync"), conf.Last("refclock") }.Select(d => d?.ToString()));
        Assert.Equal(Directives(conf), Printed(directory, main));
    }

    /// <summary>And with the directive for leap seconds that chronyd before 4.6 knows.</summary>
    private static Tree WithoutRtcSync(Tree tree, string main) => tree.Replace(main, "\nrtcsync\n", "\n#rtcsync\n")
        .With(t => t.FilesWith("\nleapseclist").Contains(main) ? t.Replace(main, "\nleapseclist", "\n#leapseclist") : t);

    /// <summary>Ours, without the sources of source directories, which -p does not print.</summary>
    private static IEnumerable<string> Directives(ChronyConfiguration conf) =>
        conf.Directives.Where(d => !d.Source.Contains(".sources:", StringComparison.Ordinal)).Select(d => d.ToString());

    private static IEnumerable<string> Printed(TempTree directory, string main)
    {
        foreach (var file in Directory.EnumerateFiles(directory.At("/etc"), "*.conf", SearchOption.AllDirectories).Where(f => f.Contains("chrony", StringComparison.Ordinal)))
            File.WriteAllText(file, File.ReadAllText(file, Encoding.Latin1).Replace(" /etc/chrony", $" {directory.Root}/etc/chrony", StringComparison.Ordinal), Encoding.Latin1);
        var text = TempTree.Run(Chronyd!, "-p", "-f", directory.At(main));
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Replace($"{directory.Root}/etc/chrony", "/etc/chrony", StringComparison.Ordinal));
    }
}
