namespace Guestclock.Tests.Formats;

/// <summary>Definitions as the usual tools write them.</summary>
internal static class DomainSamples
{
    /// <summary>virt-manager's defaults for Debian 12 as libvirt 9.0 keeps them below /etc/libvirt/qemu; devices shortened.</summary>
    public const string Linux = """
        <!--
        WARNING: THIS IS AN AUTO-GENERATED FILE. CHANGES TO IT ARE LIKELY TO BE
        OVERWRITTEN AND LOST. Changes to this xml configuration should be made using:
          virsh edit deb12
        or other application using the libvirt API.
        -->

        <domain type='kvm'>
          <name>deb12</name>
          <uuid>9f1c7dd4-54b8-4b8c-a2ad-33f3a2a0a0c1</uuid>
          <metadata>
            <libosinfo:libosinfo xmlns:libosinfo="http://libosinfo.org/xmlns/libvirt/domain/1.0">
              <libosinfo:os id="http://debian.org/debian/12"/>
            </libosinfo:libosinfo>
          </metadata>
          <memory unit='KiB'>2097152</memory>
          <vcpu placement='static'>2</vcpu>
          <os>
            <type arch='x86_64' machine='pc-q35-7.2'>hvm</type>
            <boot dev='hd'/>
          </os>
          <features><acpi/><apic/></features>
          <cpu mode='host-passthrough' check='none' migratable='on'/>
          <clock offset='utc'>
            <timer name='rtc' tickpolicy='catchup'/>
            <timer name='pit' tickpolicy='delay'/>
            <timer name='hpet' present='no'/>
          </clock>
          <on_poweroff>destroy</on_poweroff>
          <devices>
            <emulator>/usr/bin/qemu-system-x86_64</emulator>
            <channel type='unix'>
              <target type='virtio' name='org.qemu.guest_agent.0'/>
              <address type='virtio-serial' controller='0' bus='0' port='1'/>
            </channel>
            <channel type='spicevmc'><target type='virtio' name='com.redhat.spice.0'/></channel>
            <rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>
          </devices>
        </domain>
        """;

    /// <summary>virt-manager's defaults for Windows 10.</summary>
    public const string Windows = """
        <domain type="kvm">
          <name>win10</name>
          <metadata>
            <libosinfo:libosinfo xmlns:libosinfo="http://libosinfo.org/xmlns/libvirt/domain/1.0">
              <libosinfo:os id="http://microsoft.com/win/10"/>
            </libosinfo:libosinfo>
          </metadata>
          <os firmware="efi"><type arch="x86_64" machine="q35">hvm</type><boot dev="hd"/></os>
          <features>
            <acpi/>
            <hyperv mode="custom">
              <relaxed state="on"/>
              <vapic state="on"/>
              <spinlocks state="on" retries="8191"/>
              <vpindex state="on"/>
              <synic state="on"/>
              <stimer state="on"/>
            </hyperv>
            <vmport state="off"/>
          </features>
          <cpu mode="host-passthrough"/>
          <clock offset="localtime">
            <timer name="rtc" tickpolicy="catchup"/>
            <timer name="pit" tickpolicy="delay"/>
            <timer name="hpet" present="no"/>
            <timer name="hypervclock" present="yes"/>
          </clock>
          <devices><channel type="unix"><target type="virtio" name="org.qemu.guest_agent.0"/></channel></devices>
        </domain>
        """;

    /// <summary>An instance of OpenStack nova with an image that says nothing of a guest agent.</summary>
    public const string Nova = """
        <domain type='kvm' id='4'>
          <name>instance-0000002a</name>
          <metadata>
            <nova:instance xmlns:nova="http://openstack.org/xmlns/libvirt/nova/1.1">
              <nova:package version="25.2.1"/>
              <nova:name>web</nova:name>
              <nova:root type="image" uuid="0d6b1c5e"/>
            </nova:instance>
          </metadata>
          <os><type arch='x86_64' machine='pc-i440fx-6.2'>hvm</type></os>
          <cpu mode='custom' match='exact' check='full'><model fallback='forbid'>Cascadelake-Server</model><feature policy='disable' name='invtsc'/></cpu>
          <clock offset='utc'>
            <timer name='pit' tickpolicy='delay'/>
            <timer name='rtc' tickpolicy='catchup'/>
            <timer name='hpet' present='no'/>
          </clock>
          <devices/>
        </domain>
        """;

    /// <summary>A status file of a running domain, /run/libvirt/qemu/rt.xml of libvirt 9.0, shortened.</summary>
    public const string Status = """
        <domstatus state='paused' reason='user' pid='4242'>
          <taint flag='host-cpu'/>
          <monitor path='/var/lib/libvirt/qemu/domain-1-rt/monitor.sock' type='unix'/>
          <vcpus><vcpu id='0' pid='4250'/></vcpus>
          <domain type='kvm' id='1'>
            <name>rt</name>
            <os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type><kernel>/boot/vmlinuz</kernel></os>
            <features><kvm><hidden state='on'/></kvm></features>
            <cpu mode='host-passthrough' migratable='off'><feature policy='require' name='invtsc'/></cpu>
            <clock offset='variable' adjustment='-3600' basis='utc'>
              <timer name='rtc' tickpolicy='catchup' track='guest'/>
              <timer name='pit' tickpolicy='discard'/>
              <timer name='tsc' frequency='2600000000'/>
              <timer name='kvmclock' present='no'/>
            </clock>
            <devices>
              <channel type='unix'>
                <source mode='bind' path='/run/libvirt/qemu/channel/1-rt/org.qemu.guest_agent.0'/>
                <target type='virtio' name='org.qemu.guest_agent.0' state='disconnected'/>
              </channel>
            </devices>
          </domain>
        </domstatus>
        """;

    /// <summary>Proxmox VE 8: a Linux guest with its agent on; disks and network left out.</summary>
    public const string ProxmoxLinux = "/usr/bin/kvm\t-id\t100\t-name\tweb,debug-threads=on\t-no-shutdown\t-chardev\tsocket,id=qmp,path=/var/run/qemu-server/100.qmp,server=on,wait=off"
        + "\t-mon\tchardev=qmp,mode=control\t-smp\t2,sockets=1,cores=2,maxcpus=2\t-nodefaults\t-cpu\tx86-64-v2-AES,enforce,+kvm_pv_eoi,+kvm_pv_unhalt"
        + "\t-chardev\tsocket,path=/var/run/qemu-server/100.qga,server=on,wait=off,id=qga0\t-device\tvirtio-serial,id=qga0,bus=pci.0,addr=0x8"
        + "\t-device\tvirtserialport,chardev=qga0,name=org.qemu.guest_agent.0\t-machine\thpet=off,type=pc-i440fx-8.1+pve0";

    /// <summary>Proxmox VE 8: Windows 11.</summary>
    public const string ProxmoxWindows = "/usr/bin/kvm\t-id\t101\t-name\tdc,debug-threads=on\t-chardev\tsocket,id=qmp,path=/var/run/qemu-server/101.qmp,server=on,wait=off"
        + "\t-cpu\thost,hv_ipi,hv_relaxed,hv_reset,hv_runtime,hv_spinlocks=0x1fff,hv_stimer,hv_synic,hv_time,hv_vapic,hv_vpindex,+kvm_pv_eoi"
        + "\t-rtc\tdriftfix=slew,base=localtime\t-machine\thpet=off,type=pc-q35-8.1+pve0\t-global\tkvm-pit.lost_tick_policy=discard";

    /// <summary>A command line written by hand.</summary>
    public const string Hand = "qemu-system-x86_64\t-enable-kvm\t-name\tguest=my,, vm\t-cpu\thost,migratable=off,+invtsc,tsc_frequency=2.5G,-kvmclock\t-M\tq35"
        + "\t-rtc\tbase=2006-06-17T16:01:21,clock=vm\t-global\tdriver=kvm-pit,property=lost_tick_policy,value=delay\t-kernel\tbzImage\t-append";
}
