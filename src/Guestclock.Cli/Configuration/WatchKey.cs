using Guestclock.Linux.Watching;

namespace Guestclock.Cli.Configuration;

/// <summary>One setting of <c>guestclock watch</c>: a key of the configuration file, and with two dashes a flag of the command.</summary>
/// <param name="ValueName">The value's placeholder in help.</param>
/// <param name="Kind">What a value must be: "a duration from 1us to 1h such as 10ms".</param>
/// <param name="Help">One line.</param>
/// <param name="Set">The settings with these values; null: they are not of its kind.</param>
/// <param name="Show">The values that give these settings; none: it is not set.</param>
internal sealed record WatchKey(
    string Name, string ValueName, string Kind, string Help,
    Func<WatchSettings, IReadOnlyList<string>, WatchSettings?> Set, Func<WatchSettings, IReadOnlyList<string>> Show)
{
    /// <summary>Takes several values: a list in the file, a flag that may come again.</summary>
    public bool IsList { get; init; }

    /// <summary>The flag may stand without a value and then means yes.</summary>
    public bool IsSwitch { get; init; }

    /// <summary>The words that a shell may suggest.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];
}
