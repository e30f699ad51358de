using Guestclock.Checks.Power;
using Guestclock.Fixes.Services;
using Guestclock.Formats.Editing;
using Guestclock.Machines;
using Guestclock.Probes;

namespace Guestclock.Fixes.Power;

/// <summary>cpuspeed of RHEL 4 to 6: MIN_SPEED and MAX_SPEED are the highest frequency of the CPU's own list, in kHz.</summary>
internal static class CpuSpeed
{
    private const string File = "/etc/sysconfig/cpuspeed";

    /// <summary>False where it is not installed.</summary>
    public static bool Plan(FixContext context, IMachine machine)
    {
        if (context.Files.Text(File) is not { } text || !UnitState.Find(machine, "cpuspeed").IsKnown)
            return false;
        var (why, changed) = FrequencyPin.Highest(context.Facts) is { } highest
            ? ($"cpuspeed keeps the CPUs at {highest} kHz", ShellFile.Set(ShellFile.Set(text, "MIN_SPEED", highest), "MAX_SPEED", highest))
            : ("cpuspeed keeps the CPUs at their highest frequency", ShellFile.Set(text, "GOVERNOR", "performance"));
        context.Write(File, changed, why);
        ServiceChange.Enable(context, "cpuspeed", why);
        ServiceChange.Restart(context, "cpuspeed", why);
        return true;
    }
}
