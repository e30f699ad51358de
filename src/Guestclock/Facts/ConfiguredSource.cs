using System.Globalization;

namespace Guestclock.Facts;

/// <summary>What kind of source a configuration names.</summary>
public enum ConfiguredSourceKind
{
    Server,
    Pool,
    Peer,

    /// <summary>A PTP hardware clock.</summary>
    Phc,

    /// <summary>Another reference clock: SHM, SOCK, PPS, NTP drivers 127.127.x.y.</summary>
    RefClock,
}

/// <summary>One time source of a configuration.</summary>
/// <param name="Name">Host name or address of an NTP server, device or driver of a reference clock.</param>
/// <param name="Port">UDP port of an NTP server; 0 for a reference clock.</param>
/// <param name="Source">File and line.</param>
public sealed record ConfiguredSource(ConfiguredSourceKind Kind, string Name, int Port, string Source)
{
    public bool IsNtp => Kind is ConfiguredSourceKind.Server or ConfiguredSourceKind.Pool or ConfiguredSourceKind.Peer;

    /// <summary>Every NTP server that the services' configurations name, as <c>host:port</c>.</summary>
    public static IReadOnlyList<string> NtpServers(ServiceFacts services)
    {
        IReadOnlyList<ConfiguredSource> chrony = services.ChronyConf.TryGet(out var c) ? Of(c) : [];
        IReadOnlyList<ConfiguredSource> other = services.NtpConf.TryGet(out var n) ? Of(n) : [];
        return [.. chrony.Concat(other).Where(s => s.IsNtp).Select(s => s.Name.Contains(':', StringComparison.Ordinal) ? $"[{s.Name}]:{s.Port}" : $"{s.Name}:{s.Port}")];
    }

    /// <summary>Sources of chrony.conf; those marked noselect, which chronyd only watches, are left out.</summary>
    public static IReadOnlyList<ConfiguredSource> Of(ChronyConfiguration conf)
    {
        var sources = new List<ConfiguredSource>();
        foreach (var d in conf.Directives.Where(d => d.Words.Count > 0 && !d.Has("noselect")))
        {
            var kind = KindOf(d.Name);
            if (kind is { } ntp)
                sources.Add(new(ntp, d.Words[0], int.TryParse(d.Option("port"), NumberStyles.None, CultureInfo.InvariantCulture, out var p)
                    ? p : 123, d.Source));
            else if (string.Equals(d.Name, "refclock", StringComparison.OrdinalIgnoreCase) && d.Words.Count > 1)
                sources.Add(new(string.Equals(d.Words[0], "PHC", StringComparison.OrdinalIgnoreCase) ? ConfiguredSourceKind.Phc
                    : ConfiguredSourceKind.RefClock,
                    d.Words[1], 0, d.Source));
        }

        return sources;
    }

    /// <summary>Sources of the other services. timesyncd's FallbackNTP counts only where NTP names none.</summary>
    public static IReadOnlyList<ConfiguredSource> Of(NtpConfiguration conf) => conf.Kind switch
    {
        TimeServiceKind.Timesyncd => Timesyncd(conf),
        TimeServiceKind.NtpdRs => [.. conf.All("source").Where(d => (d.Option("address") ?? d.Option("path")) is not null).Select(NtpdRs)],
        TimeServiceKind.Openntpd => [.. conf.Directives.Where(d => d.Name is "server" or "servers" && d.Words.Count > 0)
            .Select(d => new ConfiguredSource(d.Name == "servers" ? ConfiguredSourceKind.Pool : ConfiguredSourceKind.Server, d.Words[0],
                123, d.Source))],
        _ => Ntpd(conf),
    };

    private static ConfiguredSourceKind? KindOf(string name) => name.ToLowerInvariant() switch
    {
        "server" => ConfiguredSourceKind.Server,
        "pool" => ConfiguredSourceKind.Pool,
        "peer" => ConfiguredSourceKind.Peer,
        _ => null,
    };

    private static List<ConfiguredSource> Ntpd(NtpConfiguration conf)
    {
        var sources = new List<ConfiguredSource>();
        foreach (var d in conf.Directives.Where(d => d.Words.Count > 0 && !d.Has("noselect")))
        {
            // -4 and -6 stand before the name; 127.127.1.x is the machine's own clock, which is no source of time.
            var name = d.Words.FirstOrDefault(w => w is not ("-4" or "-6" or "ipv4" or "ipv6")) ?? "";
            var isDriver = name.StartsWith("127.127.", StringComparison.Ordinal);
            if (name.StartsWith("127.127.1.", StringComparison.Ordinal) || (d.Name == "refclock" && name == "local"))
                continue;
            if (d.Name == "refclock" || (isDriver && d.Name == "server"))
                sources.Add(new(ConfiguredSourceKind.RefClock, name, 0, d.Source));
            else if (KindOf(d.Name) is { } kind && !isDriver)
                sources.Add(new(kind, name, 123, d.Source));
        }

        return sources;
    }

    private static List<ConfiguredSource> Timesyncd(NtpConfiguration conf)
    {
        var named = conf.All("NTP").Any() ? conf.All("NTP") : conf.All("FallbackNTP");
        return [.. named.SelectMany(d => d.Words.Select(w => new ConfiguredSource(ConfiguredSourceKind.Server, w, 123, d.Source)))];
    }

    private static ConfiguredSource NtpdRs(ConfigDirective d)
    {
        var mode = d.Option("mode");
        if (d.Option("address") is not { } address)
            return new(ConfiguredSourceKind.RefClock, d.Option("path")!, 0, d.Source);
        var colon = address.LastIndexOf(':');
        var hasPort = colon > 0 && (address.IndexOf(':', StringComparison.Ordinal) == colon || address[colon - 1] == ']');
        // The port of an nts source is that of the key exchange.
        var isNts = mode is "nts" or "nts-pool";
        var port = hasPort && !isNts && int.TryParse(address[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var p) ? p
            : 123;
        return new(mode is "pool" or "nts-pool" ? ConfiguredSourceKind.Pool : ConfiguredSourceKind.Server,
            hasPort ? address[..colon].Trim('[', ']') : address, port, d.Source);
    }
}
