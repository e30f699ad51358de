using Guestclock.Cli.Daemon;

namespace Guestclock.Cli.Commands;

/// <summary>Where a command writes, and what it knows of its surroundings.</summary>
internal sealed record CommandContext(TextWriter Stdout, TextWriter Stderr, Terminal Terminal)
{
    /// <summary>What <c>watch</c> stands in.</summary>
    public WatchSurroundings Watch { get; init; } = WatchSurroundings.Real;
}
