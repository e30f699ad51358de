using Guestclock.Checks;

namespace Guestclock.Reports;

/// <summary>The pages of the checks and repairs, docs/checks/ID.md and docs/fixes/NAME.md, which are part of the program.</summary>
public static class CheckPages
{
    /// <summary>The page as it stands in the documentation.</summary>
    public static string Text(Check check) => Text($"checks/{check.Id}.md");

    /// <summary>The page as it stands in the documentation.</summary>
    public static string Text(Fixes.Fix fix) => Text($"fixes/{fix.Name}.md");

    private static string Text(string name)
    {
        using var stream = typeof(CheckPages).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"the page {name} is missing");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    public static string GroupTitle(CheckGroup group) => group switch
    {
        CheckGroup.Tsc => "Time stamp counter",
        CheckGroup.ClockSource => "Clock source",
        CheckGroup.Boot => "Boot parameters",
        CheckGroup.TimeService => "Time service",
        CheckGroup.Phc => "PTP hardware clock",
        CheckGroup.Agent => "Guest agent",
        CheckGroup.Kvm => "KVM host",
        CheckGroup.Domain => "Virtual machines of a host",
        CheckGroup.Xen => "Xen",
        _ => "Windows",
    };
}
