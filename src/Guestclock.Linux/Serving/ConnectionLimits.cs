namespace Guestclock.Linux.Serving;

/// <summary>What clients of a daemon may take from it.</summary>
/// <param name="AtOnce">Connections; one more makes the oldest give way, so that idle clients keep nobody out.</param>
/// <param name="Time">How long one connection may last.</param>
public sealed record ConnectionLimits(int AtOnce, TimeSpan Time)
{
    public static ConnectionLimits Default { get; } = new(16, TimeSpan.FromSeconds(5));
}
