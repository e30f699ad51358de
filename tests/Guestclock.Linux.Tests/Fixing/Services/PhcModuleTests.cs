using Guestclock.Linux.Tests.Trees;

namespace Guestclock.Linux.Tests.Fixing.Services;

/// <summary>phc-loaded-at-boot of every distribution, repaired on its disk.</summary>
public class PhcModuleTests
{
    private static readonly string[] Guest = ["role=kvm-guest"];

    public static TheoryData<string> WithChrony => [.. Family.WithChrony.Where(n => n != "RHEL 7")];

    [Theory]
    [MemberData(nameof(WithChrony))]
    public void The_module_that_chrony_needs_is_loaded_at_boot(string name) => FixedTree.Repairs(
        Family.Disk(name).Append(Family.Chrony(name), "refclock PHC /dev/ptp_kvm poll 2\n"), Golden.Of("phc-module", name), Guest, "phc-loaded-at-boot");

    [Theory]
    [InlineData("RHEL 9", "/etc/modprobe.d/blacklist.conf")]
    [InlineData("Debian 12 chrony", "/usr/lib/modprobe.d/blacklist_some.conf")]
    public void A_blacklist_is_taken_out(string name, string file) => FixedTree.Repairs(
        Family.Disk(name).Append(Family.Chrony(name), "refclock PHC /dev/ptp_kvm poll 2\n").File("/etc/modules-load.d/some.conf", "ptp_kvm\n")
            .File(file, "# not wanted here\nblacklist floppy\nblacklist ptp-kvm\ninstall ptp_kvm /bin/false\noptions loop max_loop=8\n"),
        Golden.Of("phc-module", $"{name} blacklist"), Guest, "phc-loaded-at-boot");
}
