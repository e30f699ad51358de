namespace Guestclock.Cli.Commands;

/// <summary>Where a command writes, and what it knows of its surroundings.</summary>
internal sealed record CommandContext(TextWriter Stdout, TextWriter Stderr, Terminal Terminal);
