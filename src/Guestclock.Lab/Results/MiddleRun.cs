namespace Guestclock.Lab.Results;

/// <summary>
/// The median over runs, as a value that was seen: the middle one by size without sign. Of an even number the worse of the two in the
/// middle, and "never" (null) is worse than any time, so that a good run does not hide a bad one.
/// </summary>
public static class MiddleRun
{
    /// <summary>Null is worse than every number: for times to reach a limit.</summary>
    public static long? OrNever(IEnumerable<long?> values)
    {
        var sorted = values.OrderBy(v => v is null).ThenBy(v => v is { } n ? Math.Abs(n) : 0).ToList();
        return sorted.Count == 0 ? null : sorted[sorted.Count / 2];
    }

    /// <summary>Null is a run that said nothing, and is left out: for errors and claims.</summary>
    public static long? OfThoseThatSaid(IEnumerable<long?> values) => OrNever(values.Where(v => v is not null));
}
