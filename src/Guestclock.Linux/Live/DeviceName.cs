namespace Guestclock.Linux.Live;

/// <summary>The device that a question's name names: <c>ptp/ptp0</c> is <c>ptp0</c>, and nothing else may be opened by a name.</summary>
internal static class DeviceName
{
    /// <returns>Null where the name is not the prefix, the kind and a number.</returns>
    public static string? Of(string question, string prefix, string kind)
    {
        if (!question.StartsWith(prefix + kind, StringComparison.Ordinal))
            return null;
        var number = question.AsSpan(prefix.Length + kind.Length);
        return number.Length is > 0 and <= 9 && !number.ContainsAnyExceptInRange('0', '9') ? question[prefix.Length..] : null;
    }
}
