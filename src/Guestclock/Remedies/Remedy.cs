namespace Guestclock.Remedies;

/// <summary>What to do about a finding, exactly, on this machine's distribution.</summary>
/// <param name="Summary">One sentence: what to change and when it takes effect.</param>
/// <param name="Commands">Lines to type in a root shell, in order; empty where no command does it.</param>
public sealed record Remedy(string Summary, params IReadOnlyList<string> Commands)
{
    /// <summary>The kernel arguments that it changes, where it does; null else.</summary>
    public ArgumentChange? Arguments { get; init; }
}

/// <summary>Kernel arguments to change in the boot configuration.</summary>
/// <param name="Add">Each <c>name</c> or <c>name=value</c>; another value of that name gives way.</param>
/// <param name="Remove">Each as it stands there.</param>
public sealed record ArgumentChange(IReadOnlyList<string> Add, IReadOnlyList<string> Remove);
