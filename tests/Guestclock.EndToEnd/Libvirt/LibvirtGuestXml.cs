using Guestclock.Lab.Guests;

namespace Guestclock.EndToEnd.Libvirt;

/// <summary>The lab's guest as a domain of libvirt.</summary>
internal static class LibvirtGuestXml
{
    /// <param name="folder">For the second agent's socket, the one that takes shell commands, and the console.</param>
    public static string Of(string name, GuestBoot boot, string folder) => $"""
        <domain type='qemu'><name>{name}</name><memory unit='MiB'>256</memory><vcpu>1</vcpu>
        <os>
          <type arch='x86_64' machine='pc'>hvm</type>
          <kernel>{boot.Kernel}</kernel><initrd>{boot.Initrd}</initrd><cmdline>console=ttyS0 quiet</cmdline>
        </os>
        <features><acpi/></features>
        <clock offset='utc'><timer name='rtc' tickpolicy='catchup'/></clock>
        <devices>
          <emulator>/usr/bin/qemu-system-x86_64</emulator>
          <controller type='usb' model='none'/><memballoon model='none'/>
          <serial type='file'><source path='{folder}/console'/></serial>
          <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
          <channel type='unix'>
            <source mode='bind' path='{folder}/{GuestSockets.Referee}'/><target type='virtio' name='org.qemu.guest_agent.1'/>
          </channel>
          <channel type='unix'>
            <source mode='bind' path='{folder}/{GuestSockets.Channel}'/><target type='virtio' name='org.guestclock.lab.0'/>
          </channel>
        </devices></domain>
        """;
}
