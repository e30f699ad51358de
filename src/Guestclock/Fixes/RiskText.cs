using Guestclock.Fixes.Steps;

namespace Guestclock.Fixes;

/// <summary>Risks and effects in words.</summary>
public static class RiskText
{
    public static string Of(Risk risk) => risk switch
    {
        Risk.Clock => "may step the clock",
        Risk.Guests => "may pause or disconnect guests",
        Risk.Boot => "may keep the machine from booting if something is wrong with it",
        _ => "harmless",
    };

    public static string Of(Effect effect) => effect switch
    {
        Effect.Now => "now",
        Effect.ServiceRestart => "when the service restarts",
        Effect.NextBoot => "at the next boot",
        _ => "at the guest's next start",
    };
}
