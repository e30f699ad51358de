namespace Guestclock.Lab.Packages;

/// <summary>Where Debian packages come from: the guests' come from the same place as this machine's own.</summary>
internal static class DebianMirror
{
    private const string AptFolder = "/etc/apt";
    private const string Variable = "GUESTCLOCK_DEBIAN_MIRROR";

    /// <summary>The keys of Debian's archive.</summary>
    public const string Keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";

    /// <summary>The address of the archive's root: <c>$GUESTCLOCK_DEBIAN_MIRROR</c>, else as in this machine's own package sources.</summary>
    /// <exception cref="LabException">No source of this machine is a Debian archive, or its keys are missing.</exception>
    public static string FindUrl()
    {
        if (!File.Exists(Keyring))
            throw new LabException($"{Keyring} is missing, so Debian's packages cannot be verified: install the package debian-archive-keyring");
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } own)
            return own;
        return SourceFiles().SelectMany(File.ReadLines).SelectMany(Urls).FirstOrDefault() ??
            throw new LabException($"{AptFolder} names no Debian mirror to fetch the guests' packages from: set {Variable} to the address of one");
    }

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
