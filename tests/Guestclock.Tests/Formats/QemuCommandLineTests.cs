using Guestclock.Formats.Domains;
using Guestclock.Testing;

namespace Guestclock.Tests.Formats;

public class QemuCommandLineTests
{
    [Fact]
    public void Reads_a_linux_guest_of_proxmox()
    {
        var domain = Parse(DomainSamples.ProxmoxLinux);
        Assert.Equal(("web", "kvm", "proxmox", "100"), (domain.Name, domain.Type, domain.Manager, domain.ManagerId));
        Assert.Equal(("utc", true, "custom"), (domain.ClockOffset, domain.AgentChannel, domain.CpuMode));
        Assert.False(domain.Timer("hpet")?.Present);
        Assert.Null(domain.OsHint);
    }

    [Fact]
    public void Reads_a_windows_guest_of_proxmox()
    {
        var domain = Parse(DomainSamples.ProxmoxWindows);
        Assert.Equal(("dc", "windows", "localtime", false), (domain.Name, domain.OsHint, domain.ClockOffset, domain.AgentChannel));
        Assert.True(domain.Timer("hypervclock")?.Present);
        Assert.Equal("catchup", domain.Timer("rtc")?.TickPolicy);
        Assert.Equal("discard", domain.Timer("pit")?.TickPolicy);
        Assert.Contains("stimer", domain.HyperVFeatures);
    }

    [Fact]
    public void Reads_a_command_line_written_by_hand()
    {
        var domain = Parse(DomainSamples.Hand);
        Assert.Equal(("my, vm", "kvm", "linux", "x86_64"), (domain.Name, domain.Type, domain.OsHint, domain.Architecture));
        Assert.Equal(("absolute", "2006-06-17T16:01:21", "guest"), (domain.ClockOffset, domain.ClockValue, domain.Timer("rtc")?.Track));
        Assert.Equal((true, false, true), (domain.RequiresInvariantTsc, domain.Migratable, domain.ExposesInvariantTsc));
        Assert.Equal(2_500_000_000L, domain.Timer("tsc")?.FrequencyHz);
        Assert.False(domain.Timer("kvmclock")?.Present);
        Assert.Equal("delay", domain.Timer("pit")?.TickPolicy);
    }

    [Theory]
    [InlineData("qemu-system-x86_64\t-accel\ttcg", "qemu")]
    [InlineData("qemu-system-x86_64\t-accel\tkvm,kernel-irqchip=split", "kvm")]
    [InlineData("qemu-system-x86_64\t-machine\tq35,accel=kvm:tcg", "kvm")]
    [InlineData("/usr/libexec/qemu-kvm\t-m\t512", "kvm")]
    [InlineData("qemu-system-aarch64\t-M\tvirt", "qemu")]
    public void Knows_the_accelerator(string line, string type) => Assert.Equal(type, Parse(line).Type);

    [Theory]
    [InlineData("-no-hpet", false)]
    [InlineData("-M\tpc,hpet=off", false)]
    [InlineData("-machine\ttype=q35,hpet=on", true)]
    [InlineData("-M\tmicrovm", false)]
    [InlineData("-M\tq35", null)]
    public void Knows_the_hpet(string options, bool? present) =>
        Assert.Equal(present, Parse($"qemu-system-x86_64\t{options}").Timer("hpet")?.Present);

    [Fact]
    public void A_machine_without_a_name_has_its_process() => Assert.Equal("qemu (pid 7)", Parse("qemu-system-x86_64\t-m\t512").Name);

    [Fact]
    public void Never_fails_on_any_text() =>
        Fuzz.Text([DomainSamples.ProxmoxLinux, DomainSamples.ProxmoxWindows, DomainSamples.Hand], text => Parse(text));

    private static DomainXml Parse(string line) => QemuCommandLine.Parse(7, line.Split('\t'));
}
