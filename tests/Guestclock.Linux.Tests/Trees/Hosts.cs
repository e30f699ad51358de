using Guestclock.Machines;

namespace Guestclock.Linux.Tests.Trees;

/// <summary>KVM hosts, nested hosts and Xen's machines.</summary>
internal static class Hosts
{
    private const string Linux = """
        <domain type='kvm'>
          <name>web</name>
          <metadata>
            <libosinfo:libosinfo xmlns:libosinfo="http://libosinfo.org/xmlns/libvirt/domain/1.0">
              <libosinfo:os id="http://debian.org/debian/12"/>
            </libosinfo:libosinfo>
          </metadata>
          <os><type arch='x86_64' machine='pc-q35-9.0'>hvm</type></os>
          <features><acpi/><apic/></features>
          <cpu mode='host-passthrough' check='none' migratable='on'/>
          <clock offset='utc'>
            <timer name='rtc' tickpolicy='catchup'/>
            <timer name='pit' tickpolicy='delay'/>
            <timer name='hpet' present='no'/>
          </clock>
          <devices><channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel></devices>
        </domain>
        """;

    private const string Domain = "/etc/libvirt/qemu/web.xml";

    /// <summary>The disk of a host with one guest; libvirt-guests shuts guests down, as most hosts have it.</summary>
    public static Tree WithGuests(this Tree tree) => tree.File(Domain, Linux)
        .Service("libvirtd", "/usr/sbin/libvirtd")
        .File("/etc/libvirt/libvirtd.conf", "#listen_tls = 0\n");

    public static Tree ChangeGuest(this Tree tree, string old, string with) => tree.Replace(Domain, old, with);

    /// <summary>A server with a sound TSC.</summary>
    public static Tree AsHost(this Tree tree) => tree.WithGuests()
        .On("constant_tsc nonstop_tsc tsc_adjust tsc_known_freq vmx", "", "tsc", "tsc hpet acpi_pm").Dmi("Dell Inc.", "PowerEdge R650")
        .Log("tsc: Detected 2600.000 MHz processor", "clocksource: Switched to clocksource tsc-early",
            "tsc: Refined TSC clocksource calibration: 2593.906 MHz", "clocksource: Switched to clocksource tsc")
        .Kvm(14).Chronyd();

    /// <summary>A guest of KVM with an invariant TSC that runs guests itself.</summary>
    public static Tree AsNestedHost(this Tree tree) => SoundGuestTests.OnTsc(tree.WithGuests().AsKvmGuest().Chronyd().Kvm(14));

    /// <param name="flags">Of KVM_GET_CLOCK: 14 stable with pairs, 0 not stable.</param>
    public static Tree Kvm(this Tree tree, int flags) => tree.Special("/dev/kvm", EntryKind.CharacterDevice)
        .Special("/run/libvirt/qemu", EntryKind.Directory)
        .File("/sys/module/kvm/parameters/tsc_tolerance_ppm", "250\n")
        .Answer(Questions.Kvm, $"api=12\ncap.8=1\ncap.39=14\ncap.60=1\nvcpu=1\ntscKhz=2593906\nfresh.flags=0\nclock.clock=945586\n"
            + $"clock.flags={flags}\nclock.realtime={Running.NowNs}\nclock.hostTsc=6610286451483\n");

    /// <summary>cpufreq and cpuidle as they are on hardware.</summary>
    public static Tree Power(this Tree tree, string governor, string driver, params string[] states)
    {
        const string Cpu = "/sys/devices/system/cpu";
        var policy = $"{Cpu}/cpufreq/policy0";
        tree.File($"{policy}/scaling_governor", governor + "\n").File($"{policy}/scaling_driver", driver + "\n")
            .File($"{policy}/scaling_available_governors", "ondemand userspace performance\n")
            .File($"{policy}/scaling_available_frequencies", "2400000 1800000 1000000 \n")
            .File($"{policy}/scaling_min_freq", "1000000\n").File($"{policy}/scaling_max_freq", "2400000\n")
            .File($"{policy}/cpuinfo_min_freq", "1000000\n").File($"{policy}/cpuinfo_max_freq", "2400000\n")
            .File($"{Cpu}/cpuidle/current_driver", "acpi_idle\n");
        for (var i = 0; i < states.Length; i++)
        {
            tree.File($"{Cpu}/cpu0/cpuidle/state{i}/name", states[i] + "\n").File($"{Cpu}/cpu0/cpuidle/state{i}/latency", $"{i * 40}\n")
                .File($"{Cpu}/cpu0/cpuidle/state{i}/disable", "0\n");
        }

        return tree;
    }
}
