using Guestclock.Linux.Tests.Trees;

namespace Guestclock.Linux.Tests.Fixing.Services;

/// <summary>guests-synced-on-resume of every distribution, repaired on its host's disk.</summary>
public class LibvirtGuestsTests
{
    private static readonly string[] Host = ["role=kvm-host"];

    [Theory]
    [InlineData("RHEL 7", "/etc/sysconfig/libvirt-guests", "#ON_SHUTDOWN=suspend\n\n# If non-zero, try to sync guest time on domain resume.\n#SYNC_TIME=1\n")]
    [InlineData("RHEL 8", "/etc/sysconfig/libvirt-guests", "SYNC_TIME=0 # as it was\r\nON_BOOT=start\r\n")]
    [InlineData("RHEL 9", null, "")]
    [InlineData("Debian 12", "/etc/default/libvirt-guests", "ON_SHUTDOWN=suspend\n#ON_BOOT=ignore\nSTART_DELAY=0\n#SYNC_TIME=1")]
    [InlineData("Ubuntu 24.04", "/etc/default/libvirt-guests", "ON_SHUTDOWN='suspend'\nON_BOOT='ignore'\nSYNC_TIME='0'\n")]
    [InlineData("SLES 15 SP6", "/etc/sysconfig/libvirt-guests", "ON_BOOT=\"start\"\nSYNC_TIME=\"0\"\n")]
    public void Libvirt_guests_sets_the_clocks(string name, string? file, string text)
    {
        var tree = Family.Disk(name).WithGuests().Service("libvirt-guests", "/usr/libexec/libvirt-guests.sh");
        FixedTree.Repairs(file is null ? tree : tree.File(file, text), Golden.Of("libvirt-guests-time", name), Host, "guests-synced-on-resume");
    }
}
