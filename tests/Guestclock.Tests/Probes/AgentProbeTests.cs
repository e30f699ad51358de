using Guestclock.Facts;
using Guestclock.Machines;
using Guestclock.Probes;
using Guestclock.Testing;

namespace Guestclock.Tests.Probes;

public class AgentProbeTests
{
    private const string Port = "/dev/virtio-ports/org.qemu.guest_agent.0";

    /// <summary>Unit and udev rule of Debian 12's package.</summary>
    private static MemoryMachine Debian() => new MemoryMachine()
        .File("/usr/sbin/qemu-ga", "x").File("/sbin/hwclock", "x").Special(Port, EntryKind.CharacterDevice)
        .File("/lib/systemd/system/qemu-guest-agent.service",
            "[Unit]\nBindsTo=dev-virtio\\x2dports-org.qemu.guest_agent.0.device\n[Service]\nExecStart=-/usr/sbin/qemu-ga\n[Install]\n")
        .File("/lib/udev/rules.d/60-qemu-guest-agent.rules",
            "SUBSYSTEM==\"virtio-ports\", ATTR{name}==\"org.qemu.guest_agent.0\", \\\n  TAG+=\"systemd\", ENV{SYSTEMD_WANTS}=\"qemu-guest-agent.service\"\n")
        .Answer("processes", "412\tqemu-ga\t/usr/sbin/qemu-ga\n");

    /// <summary>The unit of RHEL 9's package, whose environment file names the commands that are allowed.</summary>
    private static MemoryMachine RedHat(string sysconfig, string option) => new MemoryMachine()
        .File("/usr/bin/qemu-ga", "x").File("/usr/sbin/hwclock", "x")
        .File("/usr/lib/systemd/system/qemu-guest-agent.service",
            "[Service]\nUMask=0077\nEnvironmentFile=/etc/sysconfig/qemu-ga\nExecStart=/usr/bin/qemu-ga \\\n  --method=virtio-serial \\\n"
            + $"  --path={Port} \\\n  {option} \\\n  -F${{FSFREEZE_HOOK_PATHNAME}}\n[Install]\nWantedBy=dev-virtio\\x2dports-org.qemu.guest_agent.0.device\n")
        .File("/etc/sysconfig/qemu-ga", sysconfig + "\nFSFREEZE_HOOK_PATHNAME=/etc/qemu-ga/fsfreeze-hook\n")
        .NoAnswer("processes", FactState.NotRecorded, "an image");

    [Fact]
    public void Debian_starts_it_by_a_udev_rule()
    {
        var facts = AgentProbe.Gather(Debian());
        Assert.Equal("/usr/sbin/qemu-ga", facts.Installed.Value);
        Assert.True(facts.Running.Value);
        Assert.True(facts.Enabled.Value);
        Assert.EndsWith(".rules", facts.Enabled.Source, StringComparison.Ordinal);
        Assert.Equal("qemu-guest-agent.service", facts.Unit);
        Assert.Equal(Port, facts.Channel.Value);
        Assert.Equal("/sbin/hwclock", facts.HwClock.Value);
        Assert.True(facts.Rules.Value!.Allows("guest-set-time"));
    }

    [Theory]
    [InlineData("BLACKLIST_RPC=guest-file-open,guest-exec,guest-exec-status", "--blacklist=${BLACKLIST_RPC}", "guest-exec", false)]
    [InlineData("BLACKLIST_RPC=guest-file-open,guest-exec,guest-exec-status", "--blacklist=${BLACKLIST_RPC}", "guest-set-time", true)]
    [InlineData("BLOCK_RPCS=guest-set-time", "--block-rpcs=${BLOCK_RPCS}", "guest-set-time", false)]
    [InlineData("FILTER_RPC_ARGS=\"--allow-rpcs=guest-ping,guest-get-time,guest-set-time\"", "$FILTER_RPC_ARGS", "guest-set-time", true)]
    [InlineData("FILTER_RPC_ARGS=\"--allow-rpcs=guest-ping\"", "$FILTER_RPC_ARGS", "guest-set-time", false)]
    [InlineData("FILTER_RPC_ARGS=\"--block-rpcs=guest-exec\"", "$FILTER_RPC_ARGS", "guest-set-time", true)]
    public void Red_hat_filters_by_its_environment_file(string sysconfig, string option, string command, bool allowed)
    {
        var facts = AgentProbe.Gather(RedHat(sysconfig, option));
        Assert.Equal(allowed, facts.Rules.Value!.Allows(command));
        Assert.Contains("/etc/sysconfig/qemu-ga", facts.Rules.Source, StringComparison.Ordinal);
        Assert.Equal(FactState.NotRecorded, facts.Running.State);
    }

    [Fact]
    public void The_process_tells_more_than_the_files()
    {
        var machine = RedHat("BLOCK_RPCS=guest-set-time", "--block-rpcs=${BLOCK_RPCS}")
            .Answer("processes", "9\tqemu-ga\t/usr/bin/qemu-ga\t--block-rpcs=guest-exec\n");
        Assert.Equal(["guest-exec"], AgentProbe.Gather(machine).Rules.Value!.Blocked);
    }

    [Fact]
    public void A_drop_in_replaces_the_command_and_the_file_gives_what_it_does_not()
    {
        var machine = Debian().Answer("processes", "")
            .File("/etc/systemd/system/qemu-guest-agent.service.d/local.conf",
                "[Service]\nExecStart=\nExecStart=/usr/sbin/qemu-ga -b guest-get-time\n")
            .File("/etc/qemu/qemu-ga.conf", "[general]\nblock-rpcs=guest-set-time\nallow-rpcs=guest-get-time,guest-set-time\n");
        var facts = AgentProbe.Gather(machine);
        Assert.False(facts.Running.Value);
        Assert.False(facts.Rules.Value!.Allows("guest-get-time"));
        Assert.True(facts.Rules.Value!.Allows("guest-set-time"));
    }

    [Fact]
    public void Suse_has_a_template()
    {
        var machine = new MemoryMachine().File("/usr/bin/qemu-ga", "x")
            .File("/usr/lib/systemd/system/qemu-ga@.service",
                "[Service]\nExecStart=-/usr/bin/qemu-ga -m virtio-serial -p /dev/virtio-ports/%I\n")
            .File("/usr/lib/udev/rules.d/80-qemu-ga.rules",
                "SUBSYSTEM==\"virtio-ports\", ATTR{name}==\"org.qemu.guest_agent.0\", TAG+=\"systemd\", ENV{SYSTEMD_WANTS}=\"qemu-ga@virtio-ports-org.qemu.guest_agent.0.service\"\n")
            .File("/sys/class/virtio-ports/vport1p1/name", "org.qemu.guest_agent.0\n");
        var facts = AgentProbe.Gather(machine);
        Assert.True(facts.Enabled.Value);
        Assert.Equal("qemu-ga@.service", facts.Unit);
        Assert.Equal("/dev/vport1p1", facts.Channel.Value);
    }

    [Fact]
    public void A_mask_beats_the_udev_rule() =>
        Assert.False(AgentProbe.Gather(Debian().Link("/etc/systemd/system/qemu-guest-agent.service", "/dev/null")).Enabled.Or(false));

    [Fact]
    public void Rhel_6_has_a_script()
    {
        var machine = new MemoryMachine().File("/usr/bin/qemu-ga", "x").File("/etc/init.d/qemu-ga", "#!/bin/sh\n")
            .Link("/etc/rc.d/rc3.d/S95qemu-ga", "../init.d/qemu-ga")
            .File("/etc/sysconfig/qemu-ga", "TRANSPORT_METHOD=\"virtio-serial\"\nBLACKLIST_RPC=\"guest-set-time\"\n");
        var facts = AgentProbe.Gather(machine);
        Assert.True(facts.Enabled.Value);
        Assert.False(facts.Rules.Value!.Allows("guest-set-time"));
    }

    [Fact]
    public void Another_method_is_a_channel_too()
    {
        var machine = Debian().File("/etc/qemu/qemu-ga.conf", "[general]\nmethod=vsock-listen\npath=3:1234\n");
        Assert.Equal("vsock-listen 3:1234", AgentProbe.Gather(machine).Channel.Value);
    }

    [Fact]
    public void Nothing_is_there()
    {
        var facts = AgentProbe.Gather(new MemoryMachine());
        Assert.Equal((FactState.Missing, FactState.Missing, FactState.Missing, FactState.Missing),
            (facts.Installed.State, facts.Enabled.State, facts.Channel.State, facts.Rules.State));
    }
}
