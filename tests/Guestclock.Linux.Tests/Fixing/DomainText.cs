namespace Guestclock.Linux.Tests.Fixing;

/// <summary>Definitions of domains as libvirt keeps them below /etc/libvirt/qemu.</summary>
internal static class DomainText
{
    /// <summary>With a password, a remark of the administrator's and a text that looks like a clock: all of it stays.</summary>
    /// <param name="osId">libosinfo's, or empty for what was made before there was such metadata.</param>
    /// <param name="clock">As it stands at the indentation of two.</param>
    public static string Of(string name, string osId, string clock, string features = "<acpi/>\n    <apic/>", string boot = "<boot dev='hd'/>", string channels = "") => $"""
        <!--
        WARNING: THIS IS AN AUTO-GENERATED FILE. CHANGES TO IT ARE LIKELY TO BE
        OVERWRITTEN AND LOST. Changes to this xml configuration should be made using:
          virsh edit {name}
        or other application using the libvirt API.
        -->

        <domain type='kvm'>
          <name>{name}</name>
          <uuid>3f1c7dd4-54b8-4b8c-a2ad-33f3a2a0a0c1</uuid>
          <description>Büro; &lt;clock offset='absolute'/&gt; was tried</description>
        {Metadata(osId)}  <memory unit='KiB'>1048576</memory>
          <currentMemory unit='KiB'>1048576</currentMemory>
          <vcpu placement='static'>1</vcpu>
          <os>
            <type arch='x86_64' machine='pc'>hvm</type>
            {boot}
          </os>
          <features>
            {features}
          </features>
          {clock}
          <on_poweroff>destroy</on_poweroff>
          <on_reboot>restart</on_reboot>
          <on_crash>destroy</on_crash>
          <devices>
            <emulator>/usr/bin/qemu-system-x86_64</emulator>
            <controller type='usb' index='0' model='piix3-uhci'>
              <address type='pci' domain='0x0000' bus='0x00' slot='0x01' function='0x2'/>
            </controller>
            <controller type='pci' index='0' model='pci-root'/>
            <serial type='pty'>
              <target type='isa-serial' port='0'>
                <model name='isa-serial'/>
              </target>
            </serial>
            <console type='pty'>
              <target type='serial' port='0'/>
            </console>
        {channels}    <input type='mouse' bus='ps2'/>
            <graphics type='vnc' port='-1' autoport='yes' listen='127.0.0.1' passwd='hidden'>
              <listen type='address' address='127.0.0.1'/>
            </graphics>
          </devices>
        </domain>

        """;

    public const string HyperV = "<acpi/>\n    <hyperv mode='custom'>\n      <relaxed state='on'/>\n      <vapic state='on'/>\n      <spinlocks state='on' retries='8191'/>\n      <vpindex state='on'/>\n      <synic state='on'/>\n    </hyperv>";

    private static string Metadata(string osId) => osId.Length == 0 ? "" : $"""
          <metadata>
            <libosinfo:libosinfo xmlns:libosinfo="http://libosinfo.org/xmlns/libvirt/domain/1.0">
              <libosinfo:os id="{osId}"/>
            </libosinfo:libosinfo>
          </metadata>

        """;
}
