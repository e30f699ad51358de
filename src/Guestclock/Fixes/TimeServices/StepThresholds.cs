using Guestclock.Checks.TimeServices;
using Guestclock.Facts;

namespace Guestclock.Fixes.TimeServices;

/// <summary>step-thresholds: the time service that keeps the clock steps it at any time, and does not end because a pause was long.</summary>
public sealed class StepThresholds : Fix
{
    public override string Name => "step-thresholds";

    public override string Title => "Lets the time service step the clock at any time";

    public override IReadOnlyList<string> Checks => ["step-policy"];

    public override void Plan(FixContext context)
    {
        var remedy = context.Judged.Finding.Remedy!;
        switch (Situation.Active(context.Facts))
        {
            case { Kind: TimeServiceKind.Chronyd }:
                ChronySteps.Plan(context);
                break;
            case { Kind: TimeServiceKind.Ntpd or TimeServiceKind.Ntpsec } ntpd:
                NtpdSteps.Plan(context, ntpd);
                break;
            case { Kind: TimeServiceKind.Phc2sys } phc2sys:
                Phc2sysSteps.Plan(context, phc2sys);
                break;
            default:
                context.LeaveToUser(remedy.Summary, remedy.Commands);
                break;
        }
    }
}
