using Guestclock.Facts;
using Guestclock.Fixes.Services;
using Guestclock.Fixes.Steps;

namespace Guestclock.Fixes.Power;

/// <summary>TuneD: a profile that sets the governor performance, virtual-host on a host of virtual machines.</summary>
internal static class Tuned
{
    private static readonly string[] Folders = ["/etc/tuned/profiles", "/etc/tuned", "/usr/lib/tuned/profiles", "/usr/lib/tuned"];

    /// <summary>False where it has no such profile.</summary>
    public static bool Plan(FixContext context)
    {
        string[] wanted = context.Facts.Has(Role.KvmHost) ? ["virtual-host", "throughput-performance"] : ["throughput-performance"];
        if (wanted.FirstOrDefault(p => Folders.Any(f => context.Files.Exists($"{f}/{p}/tuned.conf"))) is not { } profile)
            return false;
        var why = $"TuneD's profile {profile} sets the governor performance, now and at boot";
        if (!context.Facts.Power.TunedEnabled.Is(e => e))
            ServiceChange.EnableAndStart(context, "tuned", why);
        if (!context.IsLive)
        {
            context.Write("/etc/tuned/active_profile", profile + "\n", why, Effect.NextBoot);
            context.Write("/etc/tuned/profile_mode", "manual\n", why, Effect.NextBoot);
        }

        context.Add(
            new ProgramStep("tuned-adm", "profile", profile)
            {
                Effect = Effect.Now,
                Writes = ["/etc/tuned/active_profile", "/etc/tuned/profile_mode"],
                Undo = context.Facts.Power.TunedProfile.TryGet(out var before) ? ["profile", .. before.Split(' ', StringSplitOptions.RemoveEmptyEntries)] : null,
            },
            why);
        return true;
    }
}
