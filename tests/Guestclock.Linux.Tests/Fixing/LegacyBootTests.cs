using Guestclock.Checks;
using Guestclock.Fixes;
using Guestclock.Fixes.Runs;
using Guestclock.Linux.Fixing;
using Guestclock.Linux.Machines;
using Guestclock.Linux.Tests.Trees;

namespace Guestclock.Linux.Tests.Fixing;

/// <summary>Kernel arguments of whole disks that start from GRUB legacy or extlinux: the parameter table, and what is wrong on any release.</summary>
public class LegacyBootTests
{
    private static readonly string[] Guest = ["role=kvm-guest", "host-constant-tsc=no"];

    /// <summary>What a row asks for where the kernel's number is known, from nothing or from what the manual says by its letter.</summary>
    [Theory]
    [InlineData("4.8", "x86_64", null, "")]
    [InlineData("4.8", "i686", null, "")]
    [InlineData("4.8", "x86_64", null, "notsc divider=10")]
    [InlineData("5.3", "x86_64", null, "")]
    [InlineData("5.3", "i686", null, "")]
    [InlineData("5.3", "i686", null, "clocksource=tsc")]
    [InlineData("5.4", "x86_64", "no", "")]
    [InlineData("5.4", "x86_64", "no", "notsc lpj=n")]
    [InlineData("5.4", "i686", "no", "")]
    [InlineData("5.4", "i686", "no", "clocksource=tsc lpj=n")]
    [InlineData("5.5", "x86_64", "no", "")]
    [InlineData("5.5", "i686", "no", "")]
    [InlineData("6.0", "x86_64", "no", "")]
    [InlineData("6.10", "x86_64", "yes", "no-kvmclock")]
    public void The_table_of_parameters(string version, string architecture, string? pvClock, string arguments) => FixedTree.Repairs(
        OldRedHat.Release(version, architecture, arguments).File("/var/log/dmesg", Boot(version)),
        Named($"centos {version} {architecture} {arguments}"), Assumed(pvClock), "boot-parameters");

    [Theory]
    [InlineData("3.9", "x86_64", null)]
    [InlineData("3.9", "i686", null)]
    [InlineData("5.4", "x86_64", "yes")]
    [InlineData("5.4", "i686", "yes")]
    [InlineData("5.5", "x86_64", "yes")]
    [InlineData("5.5", "i686", "yes")]
    [InlineData("6.0", "x86_64", "yes")]
    [InlineData("6.10", "x86_64", "yes")]
    public void Where_the_table_asks_for_nothing_nothing_is_planned(string version, string architecture, string? pvClock)
    {
        var tree = OldRedHat.Release(version, architecture);
        using var directory = tree.Written();
        Assert.Empty(FixedTree.Plan(tree, directory, Assumed(pvClock), "boot-parameters", "boot-parameters-persist").Steps);
    }

    [Theory]
    [InlineData("Debian 4")]
    [InlineData("Debian 5")]
    [InlineData("Ubuntu 8.04")]
    [InlineData("Ubuntu 9.04")]
    public void Debian_s_menu_and_its_options_lose_what_is_wrong(string name)
    {
        var tree = OldDebian.Release(name);
        var root = tree.CommandLine.Split(' ')[0];
        FixedTree.Repairs(tree.Replace(OldDebian.Menu, $"{root} ro", $"{root} ro no-kvmclock"), Named(name), ["role=kvm-guest"], "boot-parameters");
    }

    [Fact]
    public void Sles_11_changes_its_menu_and_the_template_of_later_kernels() => FixedTree.Repairs(
        Suse.Sles11().Replace("/boot/grub/menu.lst", "splash=silent", "splash=silent no-kvmclock").Replace("/etc/sysconfig/bootloader", "splash=silent", "splash=silent no-kvmclock"),
        Named("SLES 11 SP4"), ["role=kvm-guest"], "boot-parameters", "boot-parameters-persist");

    [Fact]
    public void A_template_of_Sles_11_that_lacks_an_argument_of_its_menu_gets_it() => FixedTree.Repairs(
        Suse.Sles11().Replace("/boot/grub/menu.lst", "splash=silent", "splash=silent nohz=off"),
        Named("SLES 11 SP4 template"), ["role=kvm-guest"], "boot-parameters-persist");

    [Fact]
    public void Alpine_changes_its_menu_and_its_template() => FixedTree.Repairs(
        Others.Alpine().Replace("/boot/extlinux.conf", "console", "no-kvmclock console").Replace("/etc/update-extlinux.conf", "console", "no-kvmclock console"),
        Named("Alpine"), ["role=kvm-guest"], "boot-parameters", "boot-parameters-persist");

#pragma warning disable CA1416 // This project runs on Linux only.
    /// <summary>A menu may hold the hash of a password: what lies beside it is for the same eyes.</summary>
    [Fact]
    public void A_menu_that_is_written_aside_has_the_live_one_s_owner_and_mode_and_passes_when_it_is_renamed()
    {
        var tree = OldRedHat.Release("5.4", "x86_64", "notsc lpj=n").File("/var/log/dmesg", Boot("5.4"));
        using var directory = tree.Written();
        var (live, aside) = (directory.At(OldRedHat.Grub), directory.At(OldRedHat.Grub + ".kvm"));
        File.SetUnixFileMode(live, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var before = File.ReadAllText(live);
        var told = tree.Judged(directory, Assumed("no"));
        using var machine = new DirectoryMachine(directory.Root);
        var plan = Planner.Make(told.Facts, told.Judgement, machine, new() { Chosen = c => c.Id == "boot-parameters", Aside = true });
        using (var engine = FixEngine.Open(directory.Root))
            Assert.Equal(RunState.Applied, engine.Apply(plan, "test", new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero), null, CancellationToken.None).State);
        Assert.Equal(before, File.ReadAllText(live));
        Assert.Equal(before.Replace("lpj=n", "lpj=2596120", StringComparison.Ordinal), File.ReadAllText(aside));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(aside));
        Assert.Contains($"  mv {aside} {live}", AsideFiles.Instructions(plan, directory.Root));
        File.Move(aside, live, overwrite: true);
        tree.Judged(directory, Assumed("no")).Has(CheckStatus.Pass, "boot-parameters");
    }
#pragma warning restore CA1416

    private static string Named(string name) => Golden.Of("kernel-arguments-legacy", name.Trim().Replace('=', '-'));

    /// <summary>What the init scripts keep of the kernel's log.</summary>
    private static string Boot(string version) => $"Linux version of {version} (mockbuild@builder) #1 SMP\nCalibrating delay loop... 5192.24 BogoMIPS (lpj=2596120)\n";

    private static string[] Assumed(string? pvClock) => pvClock is null ? Guest : [.. Guest, $"pv-clock={pvClock}"];
}
