namespace Guestclock.Facts;

/// <summary>Kernel modules.</summary>
public sealed record ModuleFacts
{
    /// <summary>Names of /proc/modules (with '_').</summary>
    public Fact<IReadOnlySet<string>> Loaded { get; init; } = Fact<IReadOnlySet<string>>.None;

    /// <summary>Names of modules.builtin of the running (or newest) kernel.</summary>
    public Fact<IReadOnlySet<string>> BuiltIn { get; init; } = Fact<IReadOnlySet<string>>.None;

    /// <summary>Names of modules.dep of the running (or newest) kernel.</summary>
    public Fact<IReadOnlySet<string>> Available { get; init; } = Fact<IReadOnlySet<string>>.None;

    /// <summary>
    /// Modules that are loaded at boot, each with the file that says so (modules-load.d, /etc/modules, rc.modules, the command line).
    /// </summary>
    public Fact<IReadOnlyDictionary<string, string>> LoadedAtBoot { get; init; } = Fact<IReadOnlyDictionary<string, string>>.None;

    /// <summary>Modules that are blacklisted, each with the file (or command line) that says so.</summary>
    public Fact<IReadOnlyDictionary<string, string>> Blacklisted { get; init; } = Fact<IReadOnlyDictionary<string, string>>.None;

    /// <summary>
    /// Options of the kernel's configuration that concern clocks, as <c>CONFIG_PTP_1588_CLOCK_KVM</c> to y, m or n; one that is not listed
    /// does not exist there. Read only where <see cref="BuiltIn"/> is not known.
    /// </summary>
    public Fact<IReadOnlyDictionary<string, string>> Configured { get; init; } = Fact<IReadOnlyDictionary<string, string>>.None;
}
