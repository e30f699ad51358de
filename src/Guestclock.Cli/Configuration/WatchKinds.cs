using System.Globalization;
using Guestclock.Linux.Watching;
using Guestclock.Units;

namespace Guestclock.Cli.Configuration;

/// <summary>The kinds of values that settings have.</summary>
internal static class WatchKinds
{
    private const int MostPatterns = 1000;

    /// <param name="least">And <paramref name="most"/>, nanoseconds.</param>
    public static WatchKey Duration(string name, string help, long least, long most, Func<WatchSettings, Nanoseconds?> get, Func<WatchSettings, Nanoseconds, WatchSettings> set) =>
        new(name, "DURATION", $"a duration from {Write(new(least))} to {Write(new(most))} such as 10ms or 1.5s", help,
            (s, v) => v is [var text] && DurationText.TryParse(text, out var d) && d.Value >= least && d.Value <= most ? set(s, d) : null,
            s => get(s) is { } d ? [Write(d)] : []);

    public static WatchKey Switch(string name, string help, Func<WatchSettings, bool> get, Func<WatchSettings, bool, WatchSettings> set) =>
        new(name, "BOOL", "true or false", help,
            (s, v) => v is ["true" or "yes" or "on"] ? set(s, true) : v is ["false" or "no" or "off"] ? set(s, false) : null,
            s => [get(s) ? "true" : "false"])
        { IsSwitch = true, Words = ["true", "false"] };

    public static WatchKey Count(string name, string help, int most, Func<WatchSettings, int> get, Func<WatchSettings, int, WatchSettings> set) =>
        new(name, "N", $"a whole number from 1 to {most}", help,
            (s, v) => v is [var text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= 1 && n <= most ? set(s, n) : null,
            s => [get(s).ToString(CultureInfo.InvariantCulture)]);

    /// <summary>Patterns of names: one or more, none of them empty.</summary>
    public static WatchKey Patterns(string name, string valueName, string help, string kind, Func<WatchSettings, IReadOnlyList<string>> get, Func<WatchSettings, IReadOnlyList<string>, WatchSettings> set) =>
        new(name, valueName, kind, help, (s, v) => v.Count <= MostPatterns && v.All(p => p.Length > 0) ? set(s, v) : null, get) { IsList = true };

    public static WatchKey OneOf(string name, string valueName, string help, IReadOnlyList<string> words, Func<WatchSettings, string> get, Func<WatchSettings, string, WatchSettings> set) =>
        new(name, valueName, string.Join(" or ", words), help, (s, v) => v is [var word] && words.Contains(word) ? set(s, word) : null, s => [get(s)]) { Words = words };

    /// <summary>A text that must be <paramref name="kind"/>: <paramref name="set"/> returns null where it is not.</summary>
    public static WatchKey Text(string name, string valueName, string help, string kind, Func<WatchSettings, string?> get, Func<WatchSettings, string, WatchSettings?> set) =>
        new(name, valueName, kind, help, (s, v) => v is [{ Length: > 0 } text] ? set(s, text) : null, s => get(s) is { } text ? [text] : []);

    /// <summary>As <see cref="DurationText"/> reads it, in the largest unit that holds it whole.</summary>
    private static string Write(Nanoseconds duration)
    {
        foreach (var (unit, ns) in ((string, long)[])[("d", 86_400_000_000_000), ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1_000)])
        {
            if (duration.Value > 0 && duration.Value % ns == 0)
                return string.Create(CultureInfo.InvariantCulture, $"{duration.Value / ns}{unit}");
        }

        return string.Create(CultureInfo.InvariantCulture, $"{duration.Value}ns");
    }
}
