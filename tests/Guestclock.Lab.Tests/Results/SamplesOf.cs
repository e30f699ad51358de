using System.Globalization;
using Guestclock.Lab.Results;

namespace Guestclock.Lab.Tests.Results;

/// <summary>Samples as a text: <c>0.1:-20000 0.2:-0.5±0.2</c> is seconds since the break, error and bound in milliseconds (bound 0.1 where not told).</summary>
internal static class SamplesOf
{
    public static IReadOnlyList<RefereeSample> Text(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(One)];

    private static RefereeSample One(string word)
    {
        var parts = word.Split(':', '±');
        return new((long)(Number(parts[0]) * 1e9m), new((long)(Number(parts[1]) * 1e6m), (long)(Number(parts.Length > 2 ? parts[2] : "0.1") * 1e6m)));
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
