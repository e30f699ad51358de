using Guestclock.Formats;
using Guestclock.Protocols.Ntp;

namespace Guestclock.Measuring;

/// <summary>
/// A reference as people write it: <c>phc[:DEVICE]</c>, <c>rtc[:DEVICE]</c>, <c>ntp:HOST[:PORT]</c>, <c>chrony</c>, <c>guest:DOMAIN</c> or
/// <c>agent:SOCKET</c>.
/// </summary>
/// <param name="Argument">What stands after the first colon; empty where nothing does.</param>
public sealed record ReferenceName(ReferenceKind Kind, string Argument)
{
    /// <summary>Longer than any path or domain's name.</summary>
    private const int MaxArgument = 4096;

    private static readonly (ReferenceKind Kind, string Word, string Form)[] Known =
    [
        (ReferenceKind.Phc, "phc", "phc or phc:DEVICE, for example phc:/dev/ptp0"),
        (ReferenceKind.Rtc, "rtc", "rtc or rtc:DEVICE, for example rtc:rtc1"),
        (ReferenceKind.Ntp, "ntp", "ntp:HOST or ntp:HOST:PORT, for example ntp:[2001:db8::1]:123"),
        (ReferenceKind.Chrony, "chrony", "chrony without anything after it"),
        (ReferenceKind.Guest, "guest", "guest:DOMAIN, for example guest:web1"),
        (ReferenceKind.Agent, "agent", "agent:SOCKET, for example agent:/run/guest.agent"),
    ];

    /// <summary>The words that a reference begins with.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. Known.Select(k => k.Word)];

    /// <summary>The server of an NTP reference.</summary>
    public NtpServerName Server => NtpServerName.Parse(Argument);

    public static ReferenceName Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var word = colon < 0 ? text : text[..colon];
        var argument = colon < 0 ? "" : text[(colon + 1)..];
        var at = Array.FindIndex(Known, k => k.Word == word);
        if (at < 0)
            throw new MalformedInputException(
                $"there is no reference '{(word.Length > 40 ? word[..40] + "…" : word)}'{Nearest.Hint(word.ToLowerInvariant(), Words)}; there are {string.Join(", ", Words)}");
        var (kind, _, form) = Known[at];
        if (colon >= 0 != NeedsArgument(kind, colon >= 0) || (colon >= 0 && argument.Length is 0 or > MaxArgument) || argument.Any(char.IsControl))
            throw new MalformedInputException("reference", form, $"'{text}'");
        var name = new ReferenceName(kind, argument);
        if (kind == ReferenceKind.Ntp)
            _ = name.Server;
        return name;
    }

    public override string ToString() => Argument.Length == 0 ? Known[(int)Kind].Word : $"{Known[(int)Kind].Word}:{Argument}";

    /// <summary>A PHC and an RTC may be named or not.</summary>
    private static bool NeedsArgument(ReferenceKind kind, bool has) => kind switch
    {
        ReferenceKind.Phc or ReferenceKind.Rtc => has,
        ReferenceKind.Chrony => false,
        _ => true,
    };
}
