namespace Guestclock.Formats;

/// <summary>The files that named a system before os-release (about 2012).</summary>
public static class OldReleaseFiles
{
    private static readonly (string Start, string Id)[] RedHatNames =
    [
        ("Red Hat Enterprise Linux", "rhel"), ("Red Hat Linux Advanced Server", "rhel"), ("CentOS", "centos"), ("Fedora", "fedora"),
            ("Scientific", "scientific"),
        ("Oracle", "ol"), ("Enterprise Linux Enterprise Linux", "ol"), ("Rocky", "rocky"), ("AlmaLinux", "almalinux"), ("Amazon", "amzn"),
        ("XenServer", "xenserver"), ("XCP-ng", "xcp-ng"),
    ];

    /// <summary>
    /// redhat-release and its relatives, one line: <c>CentOS release 5.4 (Final)</c>; of RHEL 3 and 4 the update is the second number:
    /// <c>Red Hat Enterprise Linux AS release 4 (Nahant Update 8)</c> is 4.8.
    /// </summary>
    public static SystemRelease ParseRedHat(string text)
    {
        var line = FirstLine(text);
        var at = line.IndexOf("release ", StringComparison.Ordinal);
        if (at < 0)
            throw new MalformedInputException("redhat-release", "NAME release VERSION", $"'{Short(line)}'");
        var version = Digits(line.AsSpan(at + "release ".Length));
        var update = line.IndexOf("Update ", StringComparison.Ordinal);
        if (update >= 0 && version.Length > 0 && !version.Contains('.')
            && Digits(line.AsSpan(update + "Update ".Length)) is { Length: > 0 } minor)
            version = $"{version}.{minor}";
        foreach (var (start, id) in RedHatNames)
        {
            if (line.StartsWith(start, StringComparison.OrdinalIgnoreCase))
                return new(id, version, line, id == "rhel" ? ["fedora"] : ["rhel", "fedora"]);
        }

        return new("redhat", version, line, ["rhel", "fedora"]);
    }

    /// <summary>SuSE-release: the name, then <c>VERSION = 11</c> and for SLES <c>PATCHLEVEL = 3</c>, which together are 11.3.</summary>
    public static SystemRelease ParseSuse(string text)
    {
        var line = FirstLine(text);
        if (!line.Contains("SUSE", StringComparison.OrdinalIgnoreCase))
            throw new MalformedInputException("SuSE-release", "a name with SUSE", $"'{Short(line)}'");
        var id = line.Contains("Enterprise Server", StringComparison.Ordinal) ? "sles"
            : line.Contains("Enterprise Desktop", StringComparison.Ordinal) ? "sled" : "opensuse";
        var version = Value(text, "VERSION") ?? "";
        var patch = Value(text, "PATCHLEVEL");
        if (patch is not null and not "0" && !version.Contains('.'))
            version = $"{version}.{patch}";
        return new(id, version, line, ["suse"]);
    }

    /// <summary>lsb-release: <c>DISTRIB_ID=Ubuntu</c> and so on.</summary>
    public static SystemRelease ParseLsb(string text)
    {
        var variables = ShellVariables.Parse(text);
        var id = variables.GetValueOrDefault("DISTRIB_ID", "");
        if (id.Length == 0)
            throw new MalformedInputException("lsb-release", "DISTRIB_ID=", "none");
        var version = variables.GetValueOrDefault("DISTRIB_RELEASE", "");
        var pretty = variables.GetValueOrDefault("DISTRIB_DESCRIPTION", $"{id} {version}".TrimEnd());
        return new(id.ToLowerInvariant(), version, pretty, id is "Ubuntu" or "LinuxMint" ? ["debian"] : []);
    }

    /// <summary>debian_version: a number, or <c>lenny/sid</c> before a release, which has none.</summary>
    public static SystemRelease ParseDebian(string text)
    {
        var line = FirstLine(text);
        if (line.Length == 0)
            throw new MalformedInputException("debian_version", "a version", "nothing");
        var version = Digits(line);
        return new("debian", version, $"Debian GNU/Linux {line}", []);
    }

    private static string FirstLine(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var line = (end < 0 ? text : text[..end]).Trim();
        return line.Length <= 256 ? line : line[..256];
    }

    private static string Digits(ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        var end = 0;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.'))
            end++;
        return text[..end].Trim('.').ToString();
    }

    private static string? Value(string text, string name)
    {
        foreach (var line in text.Split('\n'))
        {
            var at = line.IndexOf('=', StringComparison.Ordinal);
            if (at > 0 && line[..at].Trim() == name)
                return Digits(line.AsSpan(at + 1));
        }

        return null;
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
