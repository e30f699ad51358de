using Guestclock.Formats.Domains;
using Guestclock.Formats.Editing.Domains;
using Guestclock.Linux.Tests.Trees;

namespace Guestclock.Linux.Tests.Fixing;

/// <summary>The checks of libvirt's domains, repaired on their host's disk: the files below /etc/libvirt/qemu.</summary>
public class DomainFileTests
{
    private const string Windows = "http://microsoft.com/win/2k19";
    private const string Debian = "http://debian.org/debian/12";

    private static readonly string[] Host = ["role=kvm-host"];
    private static readonly string[] All = ["domain-clock", "domain-timers", "domain-agent-channel"];

    public static TheoryData<string, string> Definitions => new()
    {
        { "RHEL 7", DomainText.Of("dc", Windows, "<clock offset='utc'/>", DomainText.HyperV) },
        { "RHEL 8", DomainText.Of("dc", Windows, "<clock offset='localtime'>\n    <timer name='rtc' tickpolicy='delay'/>\n    <timer name='hypervclock' present='no'/>\n  </clock>", DomainText.HyperV) },
        { "RHEL 9", DomainText.Of("web", Debian, "<clock offset='variable' adjustment='-3600' basis='utc'>\n    <timer name='pit' tickpolicy='discard'/>\n  </clock>") },
        { "RHEL 10", DomainText.Of("web", Debian, "<clock offset='absolute' start='1700000000'>\n    <timer name='rtc' track='guest'/>\n    <timer name='kvmclock' present='no'/>\n  </clock>") },
        { "Fedora", DomainText.Of("web", "", "<clock offset='localtime'/>", boot: "<kernel>/boot/vmlinuz</kernel>") },
        { "Debian 12", DomainText.Of("web", Debian, "<clock offset='localtime'>\n    <timer name='rtc' tickpolicy='catchup' track='guest'/> <!-- since 2019 -->\n  </clock>") },
        { "Ubuntu 24.04", DomainText.Of("web", "http://ubuntu.com/ubuntu/24.04", "<clock offset='timezone' timezone='Europe/Vienna'>\n  </clock>", channels: "    <channel type='spicevmc'>\n      <target type='virtio' name='com.redhat.spice.0'/>\n      <address type='virtio-serial' controller='0' bus='0' port='1'/>\n    </channel>\n") },
        { "SLES 15 SP6", DomainText.Of("web", "http://suse.com/sles/15.6", "<clock offset='utc' adjustment='7200'/>") },
        { "openSUSE Tumbleweed", DomainText.Of("web", "", "<clock offset='utc'/>").Replace("\n  <clock offset='utc'/>", "", StringComparison.Ordinal) },
    };

    [Theory]
    [MemberData(nameof(Definitions))]
    public void A_definition_at_fault_is_mended_in_its_file(string name, string definition)
    {
        var file = $"/etc/libvirt/qemu/{DomainXmlReader.Parse(definition).Name}.xml";
        FixedTree.Repairs(Vienna(Family.Disk(name)).File(file, definition), Golden.Of("domains", name), Host, All);
    }

    private static Tree Vienna(Tree tree) => tree.Without("/etc/localtime").Link("/etc/localtime", "/usr/share/zoneinfo/Europe/Vienna");

    [Fact]
    public void An_old_libvirt_gets_what_it_knows()
    {
        var old = DomainText.Of("web", "", "<clock offset='localtime'/>", boot: "<kernel>/boot/vmlinuz</kernel>");
        FixedTree.Repairs(Vienna(OldRedHat.Release("6.10", "x86_64")).File("/etc/libvirt/qemu/web.xml", old).Link("/usr/lib64/libvirt.so.0", "libvirt.so.0.10.2"),
            Golden.Of("domains", "CentOS 6.10"), Host, All);
        FixedTree.Repairs(Vienna(OldRedHat.Release("5.4", "x86_64")).File("/etc/libvirt/qemu/web.xml", old).Link("/usr/lib64/libvirt.so.0", "libvirt.so.0.6.3"),
            Golden.Of("domains", "CentOS 5.4"), Host, "domain-clock");
    }

    [Theory]
    [MemberData(nameof(Definitions))]
    public void Libvirts_own_schema_takes_the_edited_definition(string name, string definition)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/virt-xml-validate"), "virt-xml-validate is not installed");
        DomainChange[] changes =
        [
            new ClockChange("localtime"), new TimerChange("rtc", "tickpolicy", "catchup"), new TimerChange("rtc", "track", null), new TimerChange("pit", "tickpolicy", "delay"),
            new TimerChange("hpet", "present", "no"), new TimerChange("hypervclock", "present", "yes"), new TimerChange("kvmclock", "present", "yes"),
            new TimerChange("tsc", "frequency", "2600000000"), new AgentChannelChange(),
        ];
        using var folder = new TempTree();
        foreach (var change in changes.Select(c => new[] { c }).Append(changes))
        {
            folder.File("/web.xml", DomainXmlEditor.Apply(definition, change));
            Assert.Contains("validates", TempTree.Run("sh", "-c", "virt-xml-validate \"$1\" domain 2>&1", "sh", folder.At("/web.xml")), StringComparison.Ordinal);
        }

        Assert.NotEmpty(name);
    }
}
