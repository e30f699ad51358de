using Guestclock.Fixes;
using Guestclock.Linux.Tests.Trees;

namespace Guestclock.Linux.Tests.Fixing.Services;

/// <summary>What the repairs of the guest agent, the PTP clock and the clock source plan on running guests.</summary>
public class LiveClockTests
{
    private const string Device = "dev-virtio\\x2dports-org.qemu.guest_agent.0.device";

    [Fact]
    public void The_agent_of_RHEL_is_enabled_by_its_port_and_started() => Assert.Equal($"""
        link /etc/systemd/system/{Device}.wants/qemu-guest-agent.service -> /usr/lib/systemd/system/qemu-guest-agent.service
        run systemctl daemon-reload
        run systemctl start qemu-guest-agent

        """, Text(Guest("RHEL 9").Agent(enabled: false).AgentChannel(), "guest-agent-running"));

    [Fact]
    public void The_agent_of_Debian_is_only_started() => Assert.Equal("run systemctl start qemu-guest-agent\n", Text(Guest("Debian 12 chrony").Program("/usr/sbin/qemu-ga")
        .File("/usr/lib/systemd/system/qemu-guest-agent.service", "[Service]\nExecStart=-/usr/sbin/qemu-ga\n\n[Install]\n")
        .File("/usr/lib/udev/rules.d/60-qemu-guest-agent.rules", "SUBSYSTEM==\"virtio-ports\", ATTR{name}==\"org.qemu.guest_agent.0\", \\\n  TAG+=\"systemd\", ENV{SYSTEMD_WANTS}=\"qemu-guest-agent.service\"\n")
        .AgentChannel(), "guest-agent-running"));

    [Fact]
    public void The_agent_of_SUSE_is_started_by_udev() => Assert.Equal("run udevadm trigger --action=add --subsystem-match=virtio-ports\n", Text(Guest("SLES 15 SP6").Program("/usr/bin/qemu-ga")
        .File("/usr/lib/systemd/system/qemu-ga@.service", "[Service]\nExecStart=-/usr/bin/qemu-ga -p /dev/%I\n")
        .File("/usr/lib/udev/rules.d/80-qemu-ga.rules", "SUBSYSTEM==\"virtio-ports\", ATTR{name}==\"org.qemu.guest_agent.0\", ENV{SYSTEMD_WANTS}=\"qemu-ga@vport1p1.service\"\n")
        .AgentChannel(), "guest-agent-running"));

    [Fact]
    public void The_agent_of_CentOS_6_is_a_script() => Assert.EndsWith("link /etc/rc.d/rc5.d/S58qemu-ga -> ../init.d/qemu-ga\nrun service qemu-ga start\n",
        Text(OldRedHat.Release("6.10", "x86_64").RedHatScript("qemu-ga", "/usr/bin/qemu-ga", enabled: false).AsKvmGuest().AgentChannel(), "guest-agent-running"), StringComparison.Ordinal);

    [Fact]
    public void The_agent_of_Alpine_joins_the_run_level() => Assert.Equal("link /etc/runlevels/default/qemu-guest-agent -> /etc/init.d/qemu-guest-agent\nrun rc-service qemu-guest-agent start\n",
        Text(Guest("Alpine").Program("/usr/bin/qemu-ga").Program("/etc/init.d/qemu-guest-agent").AgentChannel(), "guest-agent-running"));

    [Fact]
    public void The_agent_reads_its_lists_again() => Assert.EndsWith("+FILTER_RPC_ARGS=\"--block-rpcs=guest-exec\"\nrun systemctl restart qemu-guest-agent\n", Text(Guest("RHEL 9").Agent()
        .File("/etc/sysconfig/qemu-ga", "FILTER_RPC_ARGS=\"--block-rpcs=guest-exec,guest-set-time\"\n")
        .Replace("/usr/lib/systemd/system/qemu-guest-agent.service", "ExecStart=/usr/bin/qemu-ga", "EnvironmentFile=/etc/sysconfig/qemu-ga\nExecStart=/usr/bin/qemu-ga $FILTER_RPC_ARGS")
        .AgentChannel().Process(700, "qemu-ga", "/usr/bin/qemu-ga", "--block-rpcs=guest-exec,guest-set-time"), "guest-agent-time-allowed"), StringComparison.Ordinal);

    [Fact]
    public void A_list_on_the_units_own_command_line_is_left_to_the_user()
    {
        var plan = Plan(Guest("RHEL 9").Agent().Replace("/usr/lib/systemd/system/qemu-guest-agent.service", "ExecStart=/usr/bin/qemu-ga", "ExecStart=/usr/bin/qemu-ga --block-rpcs=guest-set-time")
            .AgentChannel().Process(700, "qemu-ga", "/usr/bin/qemu-ga", "--block-rpcs=guest-set-time"), "guest-agent-time-allowed");
        Assert.Empty(plan.Steps);
        Assert.Contains("systemctl edit --full qemu-guest-agent.service", plan.Findings[0].Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RHEL 9", "/etc/modules-load.d/ptp_kvm.conf")]
    [InlineData("Alpine", "/etc/modules")]
    public void The_clock_of_KVM_is_loaded_now_and_at_boot(string name, string file) => Assert.Equal(
        $"--- /dev/null\n+++ b{file}\n@@ -0,0 +1 @@\n+ptp_kvm\nload the kernel module ptp_kvm\n", Text(Guest(name), "phc-available"));

    [Fact]
    public void It_is_not_loaded_unasked() =>
        Assert.Equal(FindingState.Optional, Assert.Single(Guest("RHEL 9").Planned([], new() { Chosen = c => c.Id == "phc-available" }).Findings).State);

    [Theory]
    [InlineData("RHEL 8")]
    [InlineData("Debian 12 chrony")]
    [InlineData("Alpine")]
    public void The_clock_moves_to_the_source_that_suits(string name) => Assert.Equal(
        "set /sys/devices/system/clocksource/clocksource0/current_clocksource from acpi_pm to kvm-clock\n",
        Text(Guest(name).ClockSource("acpi_pm", "kvm-clock tsc acpi_pm"), "clocksource-suitable"));

    [Fact]
    public void The_clock_leaves_a_TSC_that_is_marked_unstable() => Assert.StartsWith(
        "set /sys/devices/system/clocksource/clocksource0/current_clocksource from tsc to kvm-clock\n",
        Steps(Plan(Guest("RHEL 9").ClockSource("tsc", "tsc kvm-clock acpi_pm").Log("tsc: Marking TSC unstable due to clocksource watchdog"), "tsc-stable")), StringComparison.Ordinal);

    private static Tree Guest(string name) => Family.Disk(name).AsKvmGuest().Chronyd();

    private static Plan Plan(Tree tree, string check) => tree.Planned([], FixedTree.Options(check));

    private static string Text(Tree tree, string check) => Steps(Plan(tree, check));

    private static string Steps(Plan plan) => FixedTree.Text(plan);
}
