using Guestclock.Formats;

namespace Guestclock.Probes;

/// <summary>Tells entries that are for repair, or of another system on the disk, from those that the machine runs with.</summary>
internal static class RescueEntry
{
    private static readonly string[] Words = ["recovery", "rescue", "failsafe", "fail-safe", "single user", "single-user", "(on /dev/"];

    /// <param name="id">The entry's own id or file name, or empty.</param>
    public static bool Is(string title, string kernel, string id, string arguments)
    {
        foreach (var word in Words)
        {
            if (title.Contains(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        if (kernel.Contains("-rescue", StringComparison.Ordinal) || id.Contains("-0-rescue", StringComparison.Ordinal))
            return true;
        var parsed = KernelArguments.Parse(arguments);
        return parsed.Has("single") || parsed.Has("recovery") || parsed.Value("systemd.unit") is "rescue.target";
    }
}
