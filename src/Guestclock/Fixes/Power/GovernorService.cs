using Guestclock.Fixes.Services;
using Guestclock.Formats;
using Guestclock.Formats.Editing;
using Guestclock.Machines;
using Guestclock.Probes;

namespace Guestclock.Fixes.Power;

/// <summary>
/// Services that set a governor at boot: cpupower (RHEL 7 and later, Fedora, Arch: options or a governor in its file) and cpufrequtils (Debian and
/// Ubuntu: GOVERNOR, in a file that the package does not bring).
/// </summary>
internal static class GovernorService
{
    private const string Governor = "performance";
    private const string Why = "the CPUs stay at their highest frequency from boot on";

    /// <summary>False where none is installed.</summary>
    public static bool Plan(FixContext context, IMachine machine)
    {
        foreach (var (file, units) in PowerProbe.FrequencySettings.Where(s => s.Units[0] is "cpupower" or "cpufrequtils"))
        {
            var text = context.Files.Text(file);
            if ((text is null && units[0] != "cpufrequtils") || !UnitState.Find(machine, units).IsKnown)
                continue;
            context.Write(file, Changed(text ?? ""), Why);
            ServiceChange.Enable(context, units[0], Why);
            // Ubuntu up to 20.04 sets another governor some time after boot.
            if (UnitState.Enabled(machine, "ondemand").Is(e => e))
                ServiceChange.Disable(context, "ondemand", "it sets another governor after boot");
            ServiceChange.Restart(context, units[0], Why);
            return true;
        }

        return false;
    }

    private static string Changed(string text)
    {
        var settings = ShellVariables.Parse(text);
        var name = settings.ContainsKey("CPUPOWER_START_OPTS") ? "CPUPOWER_START_OPTS" : settings.ContainsKey("START_OPTS") ? "START_OPTS" : null;
        if (name is not null)
        {
            return ShellFile.Change(text, name, o => o.Contains("frequency-set", StringComparison.Ordinal)
                ? OptionWords.With(o, 'g', Governor, "governor") : $"frequency-set -g {Governor}");
        }

        // Arch's file before cpupower had one of its own has the name in lower case.
        var isLower = text.Contains("governor=", StringComparison.Ordinal) && !text.Contains("GOVERNOR=", StringComparison.Ordinal);
        return ShellFile.Set(text, isLower ? "governor" : "GOVERNOR", Governor);
    }
}
