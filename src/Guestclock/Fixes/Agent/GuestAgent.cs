using Guestclock.Facts;
using Guestclock.Fixes.Services;
using Guestclock.Fixes.Steps;

namespace Guestclock.Fixes.Agent;

/// <summary>guest-agent: the agent that is installed starts now and at every boot.</summary>
public sealed class GuestAgent : Fix
{
    private const string Why = "so that the host can set this guest's clock after a pause";

    public override string Name => "guest-agent";

    public override string Title => "Enables and starts the guest agent";

    public override IReadOnlyList<string> Checks => ["guest-agent-running"];

    public override void Plan(FixContext context)
    {
        var agent = context.Facts.Agent;
        var isRunning = agent.Running.Is(r => r);
        if (!isRunning && (!agent.Installed.IsKnown || agent.Channel.State == FactState.Missing))
        {
            var remedy = context.Judged.Finding.Remedy!;
            context.LeaveToUser(remedy.Summary, remedy.Commands);
            return;
        }

        if (!agent.Enabled.Is(e => e))
            Enable(context, ServiceChange.NameOf(agent.Unit));
        if (isRunning)
            return;
        // systemd-udevd starts the instance of a template (SUSE) for the port.
        if (ServiceChange.NameOf(agent.Unit).EndsWith('@'))
            context.Add(new ProgramStep("udevadm", "trigger", "--action=add", "--subsystem-match=virtio-ports") { Effect = Effect.Now }, Why);
        else
            ServiceChange.Start(context, agent.Unit, Why);
    }

    private static void Enable(FixContext context, string name)
    {
        var unit = InstallSection.Find(context.Files, name);
        if (unit is { IsMasked: false, IsEmpty: true })
            context.LeaveToUser($"{unit.Name} has no [Install] section, and no udev rule starts it: install the agent's package again");
        else
            ServiceChange.Enable(context, name, Why);
    }
}
