using System.Globalization;
using Guestclock.Stability;
using Guestclock.Units;

namespace Guestclock.Cli.Analyze;

/// <summary>At which averaging times.</summary>
/// <param name="Name"><c>octave</c>, <c>decade</c>, <c>all</c>, or the list as it was given.</param>
internal sealed record TauChoice(string Name, IReadOnlyList<double> ListS)
{
    public static IReadOnlyList<string> Names { get; } = ["octave", "decade", "all"];

    /// <summary>At every averaging time the work grows with the square of the points.</summary>
    private const long MostForAll = 1_000_000;

    /// <exception cref="UsageException">It is neither a name nor a list of times.</exception>
    public static TauChoice Of(string text) => Names.Contains(text) ? new(text, [])
        : new(text, [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } words ? words.Select(w => SecondsOf(text, w)) : throw Wrong(text)]);

    /// <exception cref="UsageException">That would take too long.</exception>
    public IReadOnlyList<long> Factors(PhaseSeries phase) => Name switch
    {
        "octave" => AveragingFactors.Octave(phase.Count),
        "decade" => AveragingFactors.Decade(phase.Count),
        "all" when phase.Count > MostForAll => throw new UsageException($"--taus all: there are {phase.Count} points, which would take hours; use octave, decade or a list"),
        "all" => AveragingFactors.All(phase.Count),
        _ => AveragingFactors.FromTaus(ListS, phase.Tau0S, phase.Count),
    };

    private static double SecondsOf(string all, string word) =>
        double.TryParse(word, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 1e12 ? seconds
        : DurationText.TryParse(word, out var duration) && duration.Value > 0 ? duration.TotalSeconds
        : throw Wrong(all);

    private static UsageException Wrong(string text) => new($"--taus {text}: give octave, decade, all, or averaging times such as 1,10,100 (seconds) or 1s,1m,1h");
}
