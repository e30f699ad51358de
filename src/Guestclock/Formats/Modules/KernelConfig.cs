namespace Guestclock.Formats.Modules;

/// <summary>
/// A kernel's build configuration (/boot/config-RELEASE, /proc/config.gz): <c>CONFIG_X=y</c> and <c># CONFIG_X is not set</c>.
/// </summary>
public static class KernelConfig
{
    /// <summary>The values (y, m, n, or as written) of those of <paramref name="wanted"/> that are mentioned.</summary>
    public static IReadOnlyDictionary<string, string> Parse(string text, IReadOnlyList<string> wanted)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            const string Unset = " is not set";
            var unset = line.StartsWith("# CONFIG_", StringComparison.Ordinal) && line.EndsWith(Unset, StringComparison.Ordinal);
            if (!unset && !line.StartsWith("CONFIG_", StringComparison.Ordinal))
                continue;
            var equals = line.IndexOf('=');
            var name = unset ? line[2..^Unset.Length] : equals > 0 ? line[..equals] : default;
            foreach (var option in wanted)
            {
                if (name.SequenceEqual(option))
                    values[option] = unset ? "n" : line[(equals + 1)..].Trim('"').ToString();
            }
        }

        return values;
    }
}
