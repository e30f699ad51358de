using Guestclock.Formats;

namespace Guestclock.Checks.Boot;

/// <summary>Which kernel parameters have to do with timekeeping.</summary>
internal static class TimeParameters
{
    private static readonly string[] Names =
    [
        "notsc", "tsc", "tsc_early_khz", "clocksource", "clock", "lpj", "divider", "no-kvmclock", "no-kvmclock-vsyscall", "nopv",
        "no-steal-acc",
        "nohz", "nohz_full", "highres", "nolapic_timer", "nolapic", "hpet", "idle", "no_timer_check",
        "independent_wallclock", "xen.independent_wallclock", "processor.max_cstate", "intel_idle.max_cstate", "acpi_pm_good", "pmtmr", "emergency",
    ];

    /// <summary>
    /// The timekeeping arguments that are in force, one text each, as they are written; of equal names the last counts, except of tsc=.
    /// </summary>
    public static IReadOnlyList<string> Of(KernelArguments arguments)
    {
        var found = new List<(string Name, string Text)>();
        foreach (var argument in arguments.All)
        {
            if (!Array.Exists(Names, argument.Is))
                continue;
            var name = argument.Name.Replace('-', '_');
            if (name != "tsc")
                found.RemoveAll(f => f.Name == name);
            if (!found.Exists(f => f.Text == argument.Text))
                found.Add((name, argument.Text));
        }

        return [.. found.Select(f => f.Text)];
    }

    /// <summary>The same argument to the kernel: '-' and '_' in names, and quotes, make no difference.</summary>
    public static IEqualityComparer<string> Comparer { get; } =
        EqualityComparer<string>.Create((a, b) => Normal(a!) == Normal(b!), text => StringComparer.Ordinal.GetHashCode(Normal(text)));

    private static string Normal(string text) =>
        KernelArgument.Parse(text) is var argument && argument.Value is null ? argument.Name.Replace('-', '_') : $"{argument.Name.Replace('-', '_')}={argument.Value}";
}
