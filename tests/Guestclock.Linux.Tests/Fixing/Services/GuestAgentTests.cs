using Guestclock.Formats.Editing;
using Guestclock.Linux.Tests.Trees;

namespace Guestclock.Linux.Tests.Fixing.Services;

/// <summary>guest-agent-time-allowed of every distribution that ships a list, repaired on its disk.</summary>
public class GuestAgentTests
{
    private const string Blocked = "guest-file-open,guest-file-close,guest-set-time,guest-exec,guest-get-time";

    private static readonly string[] Guest = ["role=kvm-guest"];

    [Theory]
    [InlineData("RHEL 7", "BLACKLIST_RPC=" + Blocked, "--blacklist=${BLACKLIST_RPC} -F${FSFREEZE_HOOK_PATHNAME}")]
    [InlineData("RHEL 8", "BLACKLIST_RPC=" + Blocked, "--method=virtio-serial --path=/dev/virtio-ports/org.qemu.guest_agent.0 --blacklist=${BLACKLIST_RPC}")]
    [InlineData("RHEL 9", "FILTER_RPC_ARGS=\"--block-rpcs=" + Blocked + "\"", "--path=/dev/virtio-ports/org.qemu.guest_agent.0 ${FILTER_RPC_ARGS} -F${FSFREEZE_HOOK_PATHNAME}")]
    [InlineData("RHEL 10", "FILTER_RPC_ARGS=\"--allow-rpcs=guest-sync-delimited,guest-sync,guest-ping,guest-get-time\"", "--path=/dev/virtio-ports/org.qemu.guest_agent.0 ${FILTER_RPC_ARGS}")]
    [InlineData("Fedora", "#FILTER_RPC_ARGS=\"--allow-rpcs=guest-ping\"\nBLOCK_RPCS=guest-set-time", "--block-rpcs=${BLOCK_RPCS}")]
    public void Red_Hats_list_lets_the_time_commands_through(string name, string setting, string options) => FixedTree.Repairs(
        Family.Disk(name).Agent().Without(name == "Fedora" ? "/usr/sbin/hwclock" : "/none").File("/etc/sysconfig/qemu-ga", $"# This is a systemd environment file, not a shell script.\n\n# Comma-separated blocked RPCs\n{setting}\n\nFSFREEZE_HOOK_PATHNAME=/etc/qemu-ga/fsfreeze-hook\n")
            .Replace("/usr/lib/systemd/system/qemu-guest-agent.service", "ExecStart=/usr/bin/qemu-ga", $"EnvironmentFile=/etc/sysconfig/qemu-ga\nExecStart=/usr/bin/qemu-ga {options}"),
        Golden.Of("guest-agent-commands", name), Guest, "guest-agent-time-allowed");

    [Fact]
    public void The_script_of_CentOS_6_has_its_list_in_the_same_file() => FixedTree.Repairs(
        OldRedHat.Release("6.10", "x86_64").RedHatScript("qemu-ga", "/usr/bin/qemu-ga")
            .File("/etc/sysconfig/qemu-ga", $"# Comma-separated blacklisted RPCs to disable\nBLACKLIST_RPC=\"{Blocked}\"\n\nVERBOSE=0\n"),
        Golden.Of("guest-agent-commands", "CentOS 6.10"), Guest, "guest-agent-time-allowed");

    [Theory]
    [InlineData("Debian 12", "[general]\ndaemon = false\nblock-rpcs = guest-exec,guest-set-time\n")]
    [InlineData("Ubuntu 24.04", "[general]\r\nblacklist=guest-get-time,guest-exec,guest-set-time\r\n\r\n# end\r\n")]
    [InlineData("SLES 15 SP6", "[general]\nallow-rpcs = guest-ping,guest-sync\n\n[other]\nallow-rpcs = guest-ping\n")]
    [InlineData("openSUSE Tumbleweed", "[general]\nblock-rpcs=guest-set-time\n")]
    [InlineData("Alpine", "[general]\nmethod = virtio-serial\nblock-rpcs = guest-set-time,guest-exec\n")]
    public void The_agents_own_file_lets_them_through(string name, string conf) => FixedTree.Repairs(
        (name == "Alpine" ? Family.Disk(name).Program("/usr/bin/qemu-ga").Program("/etc/init.d/qemu-guest-agent") : Family.Disk(name).Agent()).File("/etc/qemu/qemu-ga.conf", conf),
        Golden.Of("guest-agent-commands", name), Guest, "guest-agent-time-allowed");

    [Theory]
    [InlineData("[general]\ndaemon = false\nblock-rpcs = guest-exec,guest-set-time\n", "guest-exec")]
    [InlineData("# mine\r\n[general]\r\nblock-rpcs=guest-get-time,guest-exec\r\n", "guest-exec")]
    [InlineData("[general]\nverbose=true\nblacklist=guest-set-time,guest-file-open\n", "guest-file-open")]
    public void The_agent_itself_reads_what_was_left(string conf, string blocked)
    {
        Assert.SkipUnless(File.Exists("/usr/sbin/qemu-ga"), "qemu-ga is not installed");
        using var directory = new TempTree().File("/ga.conf", QemuGaConfEditor.Allow(conf, ["guest-set-time", "guest-get-time"]));
        var dump = TempTree.Run("sh", "-c", "QGA_CONF=\"$1\" /usr/sbin/qemu-ga --dump-conf", "sh", directory.At("/ga.conf"));
        Assert.Contains($"block-rpcs={blocked}\n", dump.Replace("\\r", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
