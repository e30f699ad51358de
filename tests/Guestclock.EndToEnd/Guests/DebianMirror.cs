namespace Guestclock.EndToEnd.Guests;

/// <summary>Where this machine gets Debian packages from: the guests' come from the same place.</summary>
internal static class DebianMirror
{
    private const string AptFolder = "/etc/apt";

    /// <summary>The keys of Debian's archive.</summary>
    public const string Keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";

    /// <summary>The address of the archive's root, as in this machine's own package sources.</summary>
    /// <exception cref="GuestUnavailableException">No source of this machine is a Debian archive.</exception>
    public static string FindUrl() =>
        SourceFiles().SelectMany(File.ReadLines).SelectMany(Urls).FirstOrDefault() ??
        throw new GuestUnavailableException($"{AptFolder} names no Debian mirror, so the guests' packages cannot be fetched");

    /// <summary>The URLs of Debian archives in one line of a source list, of either format.</summary>
    internal static IEnumerable<string> Urls(string line)
    {
        var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words is not ["deb" or "URIs:", ..])
            return [];
        return words
            .Where(word => word.StartsWith("http", StringComparison.Ordinal))
            .Where(word => word.TrimEnd('/').EndsWith("/debian", StringComparison.Ordinal));
    }

    private static IEnumerable<string> SourceFiles()
    {
        var single = Path.Combine(AptFolder, "sources.list");
        if (File.Exists(single))
            yield return single;
        var parts = Path.Combine(AptFolder, "sources.list.d");
        if (!Directory.Exists(parts))
            yield break;
        foreach (var file in Directory.EnumerateFiles(parts).Order(StringComparer.Ordinal))
        {
            if (Path.GetExtension(file) is ".list" or ".sources")
                yield return file;
        }
    }
}
