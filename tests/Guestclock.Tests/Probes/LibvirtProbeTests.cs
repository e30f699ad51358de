using System.Text;
using Guestclock.Facts;
using Guestclock.Machines;
using Guestclock.Probes;
using Guestclock.Testing;
using Guestclock.Tests.Formats;

namespace Guestclock.Tests.Probes;

public class LibvirtProbeTests
{
    [Fact]
    public void Takes_libvirts_own_answer_first()
    {
        var facts = LibvirtProbe.Gather(new MemoryMachine()
            .Answer("libvirt/domains", Record("rt", "paused", DomainSamples.Status) + Record("rt", "next-start", DomainSamples.Linux)
                + Record("deb12", "shut off", DomainSamples.Linux) + "bad\tshut off\t0\tDomain not found\n\n")
            .File("/etc/libvirt/qemu/other.xml", DomainSamples.Linux));
        Assert.Equal(["rt", "deb12", "bad"], facts.Domains.Value!.Select(d => d.Name));
        Assert.Equal("deb12", facts.Domains.Value![0].NextStart?.Value?.Name);
        Assert.Equal("Domain not found", facts.Domains.Value![2].Xml.Why);
    }

    [Fact]
    public void Reads_the_files_where_no_daemon_answers()
    {
        var facts = LibvirtProbe.Gather(new MemoryMachine()
            .File("/etc/libvirt/qemu/deb12.xml", DomainSamples.Linux).File("/etc/libvirt/qemu/networks/default.xml", "<network/>")
            .File("/etc/libvirt/qemu/rt.xml", DomainSamples.Linux).File("/run/libvirt/qemu/rt.xml", DomainSamples.Status)
            .File("/etc/libvirt/qemu/bomb.xml", "<!DOCTYPE a []><domain/>").File("/var/lib/libvirt/qemu/save/deb12.save", [0, 1]));
        Assert.Equal([("rt", "paused"), ("bomb", "shut off"), ("deb12", "shut off")], facts.Domains.Value!.Select(d => (d.Name, d.State)));
        Assert.NotNull(facts.Domains.Value![0].NextStart);
        Assert.Equal(FactState.Malformed, facts.Domains.Value![1].Xml.State);
        Assert.Equal(["deb12"], facts.SavedDomains.Value!);
    }

    [Fact]
    public void An_image_does_not_tell_the_state()
    {
        var facts = LibvirtProbe.Gather(new MemoryMachine
        {
            IsLive = false,
            Absent = FactState.NotRecorded
        }.File("/etc/libvirt/qemu/deb12.xml", DomainSamples.Linux));
        Assert.Null(Assert.Single(facts.Domains.Value!).State);
    }

    [Fact]
    public void Without_libvirt_there_is_nothing() =>
        Assert.Equal(FactState.Missing, LibvirtProbe.Gather(new MemoryMachine()).Domains.State);

    [Fact]
    public void Finds_the_qemu_processes_that_libvirt_does_not_manage()
    {
        var facts = LibvirtProbe.Gather(new MemoryMachine().Answer("processes",
            $"10\tchronyd\t/usr/sbin/chronyd\n20\tkvm\t{DomainSamples.ProxmoxWindows}\n"
            + "30\tqemu-system-x86\t/usr/bin/qemu-system-x86_64\t-name\tguest=a\t-object\t{\"qom-type\":\"secret\",\"file\":\"/var/lib/libvirt/qemu/domain-1-a/master-key.aes\"}\n"));
        var process = Assert.Single(facts.QemuProcesses.Value!);
        Assert.Equal((20, "dc", "windows"), (process.Pid, process.Name, process.Definition.OsHint));
    }

    [Theory]
    [InlineData("/etc/sysconfig/libvirt-guests")]
    [InlineData("/etc/default/libvirt-guests")]
    public void Reads_the_settings_of_libvirt_guests(string path)
    {
        var facts = LibvirtProbe.Gather(new MemoryMachine().File(path, "#SYNC_TIME=0\nSYNC_TIME=1\n")
            .File("/lib/systemd/system/libvirt-guests.service", "[Unit]").Link("/etc/localtime", "../usr/share/zoneinfo/Europe/Vienna"));
        Assert.Equal("1", facts.GuestsConf.Value!["SYNC_TIME"]);
        Assert.False(facts.GuestsEnabled.Value);
        Assert.Equal("Europe/Vienna", facts.TimeZone.Value);
    }

    [Fact]
    public void Never_fails_on_any_answer() => Fuzz.Bytes(
        [Encoding.UTF8.GetBytes(Record("rt", "running", DomainSamples.Status)), "a\tshut off\t0\terror\n\n"u8.ToArray()],
        bytes => LibvirtProbe.Gather(new MemoryMachine().Answer(Questions.LibvirtDomains, bytes)));

    private static string Record(string name, string state, string xml) => $"{name}\t{state}\t{Encoding.UTF8.GetByteCount(xml)}\n{xml}\n";
}
