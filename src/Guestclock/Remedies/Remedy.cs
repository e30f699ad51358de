namespace Guestclock.Remedies;

/// <summary>What to do about a finding, exactly, on this machine's distribution.</summary>
/// <param name="Summary">One sentence: what to change and when it takes effect.</param>
/// <param name="Commands">Lines to type in a root shell, in order; empty where no command does it.</param>
public sealed record Remedy(string Summary, params IReadOnlyList<string> Commands);
