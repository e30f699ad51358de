using Guestclock.Facts;
using Guestclock.Formats;
using OperatingSystem = Guestclock.Facts.OperatingSystem;

namespace Guestclock.Checks.Boot;

/// <summary>What the rules need to know of the machine besides the command line that they judge.</summary>
internal sealed class ParameterContext
{
    private static readonly string[] Rebuilds = ["rhel", "centos", "redhat", "scientific", "ol", "oracle"];

    public ParameterContext(MachineFacts facts, KernelArguments arguments)
    {
        Facts = facts;
        Arguments = arguments;
        Os = facts.Identity.Os.IsKnown ? facts.Identity.Os.Value : null;
        IsKvmGuest = facts.Has(Role.KvmGuest);
        Kernel = KernelVersion(facts.Identity.KernelRelease);
        TscIsInvariant = facts.Cpu.AllHave("constant_tsc") & facts.Cpu.AllHave("nonstop_tsc");
        HostConstantTsc = facts.Assumed.HostConstantTsc;
        PvClock = FindPvClock(facts, arguments);
        CalibratedLpj = FindLpj(facts, arguments);
        Rows = FindRows();
    }

    public MachineFacts Facts { get; }

    public KernelArguments Arguments { get; }

    public OperatingSystem? Os { get; }

    public bool IsKvmGuest { get; }

    /// <summary>Major * 1000 + minor of the kernel, 4019 for 4.19; null when not known.</summary>
    public int? Kernel { get; }

    /// <summary>Every CPU has constant_tsc and nonstop_tsc; null when not known.</summary>
    public bool? TscIsInvariant { get; }

    public bool? HostConstantTsc { get; }

    /// <summary>Whether a KVM guest has the paravirtualised clock; null when not known.</summary>
    public bool? PvClock { get; }

    /// <summary>Loops per jiffy that the kernel measured itself; null when not known.</summary>
    public string? CalibratedLpj { get; }

    /// <summary>The rows of the parameter table for this guest; empty for other machines.</summary>
    public IReadOnlyList<GuestParameterRow> Rows { get; }

    /// <summary>RHEL or a rebuild of it, of this major release.</summary>
    public bool IsRedHat(int major) => Os is { Family: OsFamily.RedHat } os && os.Id != "fedora" && os.Major == major;

    /// <summary>
    /// A row of the table asks for this parameter (by its whole text, <c>notsc</c> or <c>clocksource=acpi_pm</c>) and the host is not
    /// known to be sound.
    /// </summary>
    public bool TableAsksFor(string parameter) =>
        HostConstantTsc != true && Rows.Any(r => r.Demanded.Any(
            d => d == parameter || (d == "lpj=n" && parameter.StartsWith("lpj=", StringComparison.Ordinal))));

    private IReadOnlyList<GuestParameterRow> FindRows()
    {
        if (Os is not { Major: { } major } os || !Rebuilds.Contains(os.Id, StringComparer.Ordinal) || !Facts.IsX86)
            return [];
        // A machine whose roles are not known may be such a guest: the image of one that is not running.
        if (!IsKvmGuest && (Facts.Identity.Roles.IsKnown || Facts.Identity.Hypervisor.IsKnown))
            return [];
        return GuestParameterTable.Find(major, os.Minor ?? 0, Facts.Identity.Architecture.Value == "x86_64", PvClock);
    }

    private static bool? FindPvClock(MachineFacts facts, KernelArguments arguments)
    {
        if (facts.Assumed.PvClock is { } assumed)
            return assumed;
        if (arguments.Has("no-kvmclock"))
            return false;
        if (facts.Clock.CurrentSource.Is(s => s == "kvm-clock") || facts.Clock.AvailableSources.Is(a => a.Contains("kvm-clock")))
            return true;
        if (facts.KernelLog.Log.TryGet(out var log))
        {
            if (log.Lines.Any(l => l.Text.Contains("kvm-clock", StringComparison.Ordinal)
                || l.Text.Contains("KVM GTOD", StringComparison.Ordinal)))
                return true;
            if (log.Complete)
                return false;
        }

        // The 64-bit kernel of RHEL 5 does not list its time sources in sysfs.
        var lists = !facts.Identity.Os.Is(o => o is { Family: OsFamily.RedHat, Major: <= 5 });
        return lists && facts.Clock.AvailableSources.IsKnown ? false : null;
    }

    // "Calibrating delay loop... 5192.24 BogoMIPS (lpj=2596120)"; a preset that came from lpj= itself proves nothing.
    private static string? FindLpj(MachineFacts facts, KernelArguments arguments)
    {
        if (!facts.KernelLog.Log.TryGet(out var log))
            return null;
        foreach (var line in log.Lines)
        {
            if (!line.Text.Contains("Calibrating delay", StringComparison.Ordinal)
                || (line.Text.Contains("preset value", StringComparison.Ordinal) && arguments.Has("lpj")))
                continue;
            var at = line.Text.IndexOf("lpj=", StringComparison.Ordinal);
            var end = at + 4;
            while (at >= 0 && end < line.Text.Length && char.IsAsciiDigit(line.Text[end]))
                end++;
            if (at >= 0 && end > at + 4)
                return line.Text[(at + 4)..end];
        }

        return null;
    }

    private static int? KernelVersion(Fact<string> release)
    {
        if (!release.TryGet(out var text))
            return null;
        var parts = text.Split('.', '-');
        return parts.Length > 1 && int.TryParse(parts[0], out var major) && int.TryParse(parts[1], out var minor)
            && major is >= 0 and < 1000 && minor is >= 0 and < 1000
            ? (major * 1000) + minor : null;
    }
}
