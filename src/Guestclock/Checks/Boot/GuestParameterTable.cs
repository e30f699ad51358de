namespace Guestclock.Checks.Boot;

/// <summary>A document that gives parameters for guests on hosts without a constant TSC.</summary>
public enum ParameterEdition
{
    /// <summary>Red Hat Enterprise Linux 5 Virtualization Guide, "KVM guest timing management": 3.9 to 5.4.</summary>
    Manual,

    /// <summary>Red Hat Enterprise Linux 6 Virtualization Host Configuration and Guest Installation Guide, 14.2: 5.3 to 7.0.</summary>
    Later,
}

/// <summary>One row.</summary>
/// <param name="FromMinor">The first minor release to which it applies.</param>
/// <param name="ToMinor">The last one; <see cref="int.MaxValue"/>: and all later ones of that major release.</param>
/// <param name="Is64Bit">AMD64 and Intel 64, or 32-bit x86; null: both.</param>
/// <param name="PvClock">With or without the paravirtualised clock; null: the document makes no difference.</param>
/// <param name="Parameters">Space-separated; <c>lpj=n</c> stands for the value that the kernel calibrates.</param>
public sealed record GuestParameterRow(ParameterEdition Edition, int Major, int FromMinor, int ToMinor, bool? Is64Bit, bool? PvClock,
    string Parameters)
{
    public string EditionName => Edition == ParameterEdition.Manual ? "RHEL 5 guide" : "RHEL 6 guide";

    public IReadOnlyList<string> Demanded { get; } = Parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>
/// Kernel parameters of RHEL and CentOS guests on KVM hosts without a constant TSC, as two editions of the documentation give them.
/// Where they differ, either is accepted. <c>divider=10</c> of the earliest edition was withdrawn (BZ 698842) and is left out.
/// </summary>
public static class GuestParameterTable
{
    private const int Later = int.MaxValue;

    public static IReadOnlyList<GuestParameterRow> Rows { get; } =
    [
        new(ParameterEdition.Manual, 5, 4, 4, true, true, ""),
        new(ParameterEdition.Manual, 5, 4, 4, true, false, "notsc lpj=n"),
        new(ParameterEdition.Manual, 5, 4, 4, false, true, ""),
        new(ParameterEdition.Manual, 5, 4, 4, false, false, "clocksource=acpi_pm lpj=n"),
        new(ParameterEdition.Manual, 5, 3, 3, true, null, "notsc"),
        new(ParameterEdition.Manual, 5, 3, 3, false, null, "clocksource=acpi_pm"),
        new(ParameterEdition.Manual, 4, 8, Later, true, null, "notsc"),
        new(ParameterEdition.Manual, 4, 8, Later, false, null, "clock=pmtmr"),
        new(ParameterEdition.Manual, 3, 9, Later, null, null, ""),
        new(ParameterEdition.Later, 7, 0, Later, true, true, ""),
        new(ParameterEdition.Later, 6, 1, Later, true, true, ""),
        new(ParameterEdition.Later, 6, 0, 0, true, true, ""),
        new(ParameterEdition.Later, 6, 0, 0, true, false, "notsc lpj=n"),
        new(ParameterEdition.Later, 5, 5, Later, true, true, ""),
        new(ParameterEdition.Later, 5, 5, Later, true, false, "notsc lpj=n"),
        new(ParameterEdition.Later, 5, 5, Later, false, true, ""),
        new(ParameterEdition.Later, 5, 5, Later, false, false, "clocksource=acpi_pm lpj=n"),
        new(ParameterEdition.Later, 5, 4, 4, true, null, "notsc"),
        new(ParameterEdition.Later, 5, 4, 4, false, null, "clocksource=acpi_pm"),
        new(ParameterEdition.Later, 5, 3, 3, true, null, "notsc"),
        new(ParameterEdition.Later, 5, 3, 3, false, null, "clocksource=acpi_pm"),
    ];

    /// <summary>The rows of every edition for a release; those of both kinds when <paramref name="pvClock"/> is not known.</summary>
    public static IReadOnlyList<GuestParameterRow> Find(int major, int minor, bool is64Bit, bool? pvClock)
    {
        var found = new List<GuestParameterRow>();
        foreach (var row in Rows)
        {
            if (row.Major == major && minor >= row.FromMinor && minor <= row.ToMinor && (row.Is64Bit ?? is64Bit) == is64Bit
                && (row.PvClock is null || pvClock is null || row.PvClock == pvClock))
                found.Add(row);
        }

        return found;
    }
}
