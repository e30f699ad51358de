namespace Guestclock.Formats.TimeServices;

/// <summary>One line of a configuration that is made of words: its keyword and what follows.</summary>
/// <param name="Number">Line number from 1.</param>
public sealed record ConfigLine(int Number, string Name, IReadOnlyList<string> Words);
