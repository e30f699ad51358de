using Guestclock.Checks;
using Guestclock.Checks.Agent;
using Guestclock.Facts;
using Guestclock.Testing;
using static Guestclock.Tests.Checks.Agent.AgentTableFacts;

namespace Guestclock.Tests.Checks.Agent;

public class GuestAgentRunningTests() : CheckTests(new GuestAgentRunning())
{
    private static AgentFacts Down => Sound with { Running = Some.Known(false) };

    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("runs", Guest(Sound), CheckStatus.Pass),
        new CheckRow("runs over another channel", Guest(Sound with { Channel = Some.Known("vsock-listen 3:1234") }), CheckStatus.Pass),
        new CheckRow("runs, not at boot", Guest(Sound with { Enabled = Some.Known(false) }).On("rhel", "9.5", OsFamily.RedHat),
            CheckStatus.Warning, "systemctl enable --now qemu-guest-agent"),
        new CheckRow("does not run", Guest(Down), CheckStatus.Warning, "systemctl start qemu-guest-agent"),
        new CheckRow("does not run, and the guest steps by itself", Guest(Down).Steps(), CheckStatus.Info, "by itself"),
        new CheckRow("does not run on RHEL 6", Guest(Down with { Enabled = Some.Known(false), Unit = "/etc/init.d/qemu-ga" })
            .On("rhel", "6.10", OsFamily.RedHat), CheckStatus.Warning, "chkconfig qemu-ga on"),
        new CheckRow("does not run on SLES", Guest(Down with { Unit = "qemu-ga@.service" }).On("sles", "15.5", OsFamily.Suse),
            CheckStatus.Warning, "udevadm trigger"),
        new CheckRow("a channel, no agent", Guest(None with { Channel = Some.Known(Port) }), CheckStatus.Info,
            "apt-get install -y qemu-guest-agent"),
        new CheckRow("a channel, no agent, and the machine is paused", Guest(None with { Channel = Some.Known(Port) })
            with { Assumed = new() { Pauses = true } }, CheckStatus.Warning, "none is installed"),
        new CheckRow("an agent, no channel", Guest(Down with { Channel = Some.Missing<string>() }), CheckStatus.Info, "virsh edit"),
        new CheckRow("neither", Guest(None), CheckStatus.NotApplicable, "no channel"),
        new CheckRow("image where it starts at boot",
            Guest(Sound with { Running = Some.Not<bool>(FactState.NotRecorded), Channel = Some.Not<string>(FactState.NotRecorded) }),
            CheckStatus.Pass, "starts at boot"),
        new CheckRow("image where it does not",
            Guest(Sound with { Running = Some.Not<bool>(FactState.NotRecorded), Enabled = Some.Known(false) }), CheckStatus.Unknown),
        new CheckRow("image without it", Guest(None
            with { Running = Some.Not<bool>(FactState.NotRecorded), Channel = Some.Not<string>(FactState.NotRecorded) }), CheckStatus.Info),
        new CheckRow("processes not readable", Guest(Sound with { Running = Some.Not<bool>(FactState.Denied) }), CheckStatus.Unknown),
        new CheckRow("host", Some.KvmHost() with { Agent = None }, CheckStatus.NotApplicable),
        new CheckRow("guest of VMware", Some.KvmGuest()
            with { Identity = Some.KvmGuest().Identity
            with { Hypervisor = Some.Known(Hypervisor.Vmware), Roles = Some.List(Role.VmwareGuest) } },
            CheckStatus.NotApplicable, "Vmware"),
        new CheckRow("container", Some.KvmGuest()
            with { Identity = Some.KvmGuest().Identity with { Roles = Some.List(Role.KvmGuest, Role.Container) } },
            CheckStatus.NotApplicable),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new GuestAgentRunning(), row);
}
