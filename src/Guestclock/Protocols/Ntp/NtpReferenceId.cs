namespace Guestclock.Protocols.Ntp;

/// <summary>
/// A reference id (RFC 5905 section 7.3): four letters padded with zeros for a reference clock, a kiss code or a driver's name; else an
/// IPv4 address or the start of a digest of an IPv6 address, which is shown as 8 hexadecimal digits, as chronyc does.
/// </summary>
public static class NtpReferenceId
{
    /// <summary>What it means depends on the stratum of who sent it.</summary>
    public static string Text(uint id, int stratum) => stratum <= 1 ? Letters(id) : Hex(id);

    /// <summary>The letters, or the digits where they are not printable ASCII.</summary>
    public static string Letters(uint id)
    {
        Span<char> letters = stackalloc char[4];
        var length = 0;
        for (var rest = id; rest != 0; rest <<= 8)
        {
            var letter = (char)(rest >> 24);
            if (letter is <= ' ' or > '~')
                return Hex(id);
            letters[length++] = letter;
        }

        return length == 0 ? Hex(id) : new string(letters[..length]);
    }

    public static string Hex(uint id) => id.ToString("X8");
}
