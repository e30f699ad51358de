using Guestclock.Checks.TimeServices;
using Guestclock.Facts;
using Guestclock.Fixes.Steps;

namespace Guestclock.Fixes.Services;

/// <summary>time-service-single: of several time services one stays, the others are disabled and stopped.</summary>
public sealed class SingleTimeService : Fix
{
    public override string Name => "time-service-single";

    public override string Title => "Disables and stops the time services beside the first one";

    public override IReadOnlyList<string> Checks => ["time-service-single"];

    public override void Plan(FixContext context)
    {
        var rivals = Rivals.Of(context.Facts);
        if (rivals.Keep is not { } keep || rivals.Stop.Count == 0)
            return;
        var why = $"so that only {keep.Name} sets the clock";
        if (!keep.Enabled.Is(e => e))
            ServiceChange.Enable(context, keep.ServiceName, why);
        // Without the others the clock must not be left alone: they stop only where the one that stays runs, or may start as well.
        var begins = keep.Running.Is(r => !r);
        var risk = begins ? ClockRisk.OfRestart(context.Facts) : Risk.None;
        foreach (var service in rivals.Stop)
        {
            if (service.Enabled.State == FactState.Missing)
            {
                context.LeaveToUser($"{service.Name}{(service.Pid is { } pid ? $" (process {pid})" : "")} was started by no unit or init script that is known here: stop it, and what starts it");
                continue;
            }

            ServiceChange.Disable(context, service.ServiceName, why);
            if (service.Running.Is(r => r))
                ServiceChange.Stop(context, service.ServiceName, why, risk);
        }

        if (begins)
            ServiceChange.Start(context, keep.ServiceName, why, risk);
    }
}
