using Guestclock.Facts;
using Guestclock.Testing;

namespace Guestclock.Tests.Checks.Agent;

/// <summary>Facts for the tables of the agent checks.</summary>
internal static class AgentTableFacts
{
    public const string Port = "/dev/virtio-ports/org.qemu.guest_agent.0";

    public static AgentFacts Sound { get; } = new()
    {
        Installed = Some.Known("/usr/sbin/qemu-ga"),
        Enabled = Some.Known(true),
        Running = Some.Known(true),
        Channel = Some.Known(Port),
        Rules = Some.Known(new AgentRules([], [], [])),
        HwClock = Some.Known("/sbin/hwclock"),
    };

    public static AgentFacts None { get; } = new()
    {
        Installed = Some.Missing<string>(),
        Enabled = Some.Missing<bool>(),
        Running = Some.Known(false),
        Channel = Some.Missing<string>(),
        Rules = Some.Missing<AgentRules>(),
        HwClock = Some.Known("/sbin/hwclock"),
    };

    public static MachineFacts Guest(AgentFacts agent) => Some.KvmGuest() with { Agent = agent };

    /// <summary>chronyd runs and steps at any time.</summary>
    public static MachineFacts Steps(this MachineFacts facts) => facts with
    {
        Services = new()
        {
            TimeServices = Some.List(new TimeService(TimeServiceKind.Chronyd, "chrony.service", Some.Known(true), Some.Known(true),
                Some.Known(true), 7, false)),
            ChronyConf = Some.Known(new ChronyConfiguration("/etc/chrony.conf", [new("makestep", ["1.0", "-1"], "/etc/chrony.conf:4")],
                [])),
        },
    };

    public static MachineFacts On(this MachineFacts facts, string id, string version, OsFamily family) =>
        facts with { Identity = facts.Identity with { Os = Some.Known(Some.Os(id, version, family)) } };
}
