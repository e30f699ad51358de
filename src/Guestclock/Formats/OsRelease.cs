namespace Guestclock.Formats;

/// <summary>Which system a release file names. <paramref name="Likes"/> are the ids that it derives from, as in ID_LIKE.</summary>
/// <param name="VersionId">Empty where none is given.</param>
public sealed record SystemRelease(string Id, string VersionId, string PrettyName, IReadOnlyList<string> Likes);

/// <summary>/etc/os-release, os-release(5).</summary>
public static class OsRelease
{
    public static SystemRelease Parse(string text)
    {
        var variables = ShellVariables.Parse(text);
        var id = variables.GetValueOrDefault("ID", "").ToLowerInvariant();
        var name = variables.GetValueOrDefault("NAME", "");
        if (id.Length == 0 && name.Length == 0)
            throw new MalformedInputException("os-release", "ID=", "neither ID nor NAME");
        var version = variables.GetValueOrDefault("VERSION_ID", "");
        var pretty = variables.GetValueOrDefault("PRETTY_NAME", "");
        if (pretty.Length == 0)
            pretty = $"{(name.Length > 0 ? name : id)} {version}".TrimEnd();
        return new(id.Length > 0 ? id : "linux", version, pretty,
            variables.GetValueOrDefault("ID_LIKE", "").ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
