using Guestclock.Formats;
using Guestclock.Formats.Domains;
using Guestclock.Testing;

namespace Guestclock.Tests.Formats;

public class DomainXmlReaderTests
{
    [Fact]
    public void Reads_virt_managers_linux_guest()
    {
        var domain = DomainXmlReader.Parse(DomainSamples.Linux);
        Assert.Equal(("deb12", "kvm", "linux", "utc"), (domain.Name, domain.Type, domain.OsHint, domain.ClockOffset));
        Assert.Equal(("x86_64", "host-passthrough", true), (domain.Architecture, domain.CpuMode, domain.AgentChannel));
        Assert.Equal("catchup", domain.Timer("rtc")?.TickPolicy);
        Assert.Equal("delay", domain.Timer("pit")?.TickPolicy);
        Assert.False(domain.Timer("hpet")?.Present);
        Assert.Null(domain.Timer("kvmclock"));
        Assert.False(domain.ExposesInvariantTsc);
        Assert.Null(domain.State);
    }

    [Fact]
    public void Reads_virt_managers_windows_guest()
    {
        var domain = DomainXmlReader.Parse(DomainSamples.Windows);
        Assert.Equal(("win10", "windows", "localtime"), (domain.Name, domain.OsHint, domain.ClockOffset));
        Assert.True(domain.Timer("hypervclock")?.Present);
        Assert.Equal(["relaxed", "vapic", "spinlocks", "vpindex", "synic", "stimer"], domain.HyperVFeatures);
    }

    [Fact]
    public void Reads_an_instance_of_nova()
    {
        var domain = DomainXmlReader.Parse(DomainSamples.Nova);
        Assert.Equal(("instance-0000002a", "nova", false, false),
            (domain.Name, domain.Manager, domain.AgentChannel, domain.RequiresInvariantTsc));
        Assert.Null(domain.OsHint);
    }

    [Fact]
    public void Reads_the_status_file_of_a_running_domain()
    {
        var domain = DomainXmlReader.Parse(DomainSamples.Status);
        Assert.Equal(("rt", "kvm", "paused", "linux"), (domain.Name, domain.Type, domain.State, domain.OsHint));
        Assert.Equal(("variable", "utc", -3600L), (domain.ClockOffset, domain.ClockBasis, domain.AdjustmentSeconds));
        Assert.Equal((true, true, false, true),
            (domain.RequiresInvariantTsc, domain.KvmHidden, domain.Migratable, domain.ExposesInvariantTsc));
        Assert.Equal(2_600_000_000L, domain.Timer("tsc")?.FrequencyHz);
        Assert.Equal("guest", domain.Timer("rtc")?.Track);
        Assert.Equal((true, false), (domain.AgentChannel, domain.AgentConnected));
    }

    [Theory]
    [InlineData("<source mode='bind' path='/run/a1'/><target type='virtio' name='org.qemu.guest_agent.1' state='connected'/>", "/run/a1")]
    [InlineData("<source path='/run/a7'/><target type='virtio' name='org.qemu.guest_agent.7'/>", "/run/a7")]
    [InlineData("<source mode='bind' path='/run/a1'/><target type='virtio' name='org.qemu.guest_agent.1' state='disconnected'/>", null)]
    [InlineData("<source mode='connect' path='/run/a1'/><target type='virtio' name='org.qemu.guest_agent.1'/>", null)]
    [InlineData("<source mode='bind' path='/run/other'/><target type='virtio' name='com.redhat.spice.0'/>", null)]
    [InlineData("<target type='virtio' name='org.qemu.guest_agent.1'/>", null)]
    public void Finds_the_socket_of_a_second_agent(string channel, string? socket)
    {
        const string First = "<channel type='unix'><source mode='bind' path='/run/a0'/><target type='virtio' name='org.qemu.guest_agent.0' state='connected'/></channel>";
        var domain = DomainXmlReader.Parse($"<domain type='kvm'><name>g</name><devices>{First}<channel type='unix'>{channel}</channel></devices></domain>");
        Assert.Equal((socket, true), (domain.SecondAgentSocket, domain.AgentConnected));
    }

    [Theory]
    [InlineData("http://microsoft.com/win/2k19", "windows")]
    [InlineData("http://oracle.com/ol/9", "linux")]
    [InlineData("http://oracle.com/solaris/11", null)]
    [InlineData("http://freebsd.org/freebsd/14.0", null)]
    [InlineData("http://redhat.com/rhel/9.4", "linux")]
    public void Knows_the_systems_of_libosinfo(string id, string? hint) =>
        Assert.Equal(hint, DomainXmlReader.Parse(DomainSamples.Linux.Replace("http://debian.org/debian/12", id,
            StringComparison.Ordinal)).OsHint);

    [Theory]
    [InlineData("", "Root element is missing")]
    [InlineData("garbage", "line 1")]
    [InlineData("<network><name>default</name></network>", "domain or domstatus")]
    [InlineData("<domain type='kvm'/>", "a name")]
    [InlineData("<domain><name>a</name>", "line 1")]
    [InlineData("<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><domain><name>&b;</name></domain>", "DTD")]
    public void Refuses(string xml, string says) =>
        Assert.Contains(says, Assert.Throws<MalformedInputException>(() => DomainXmlReader.Parse(xml)).Message, StringComparison.Ordinal);

    [Fact]
    public void Refuses_depth_and_number_without_end()
    {
        Assert.Throws<MalformedInputException>(() => DomainXmlReader.Parse(string.Concat(Enumerable.Repeat("<domain>", 100_000))));
        Assert.Throws<MalformedInputException>(() =>
            DomainXmlReader.Parse("<domain><name>a</name>" + string.Concat(Enumerable.Repeat("<a/>", 60_000)) + "</domain>"));
    }

    [Fact]
    public void Never_fails_on_any_text() =>
        Fuzz.Text([DomainSamples.Linux, DomainSamples.Windows, DomainSamples.Nova, DomainSamples.Status],
            text => DomainXmlReader.Parse(text));
}
