using System.Text;

namespace Guestclock.Formats;

/// <summary>
/// Reads boot.ini (KB 895980, KB 833721): sections [boot loader] and [operating systems], single-byte text of the OEM code page,
/// CRLF or LF, an optional Ctrl-Z at the end. Bytes above 127 are kept as the characters of Latin-1, so that nothing is lost.
/// </summary>
public static class BootIniFile
{
    /// <summary>The largest file that ntldr could be given in earnest.</summary>
    public const int LimitBytes = 64 * 1024;

    private const int MostEntries = 256;

    public static BootIni Parse(byte[] bytes)
    {
        if (bytes.Length > LimitBytes)
            throw new MalformedInputException("boot.ini", $"at most {LimitBytes} bytes", $"{bytes.Length}");
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            throw new MalformedInputException("boot.ini", "single-byte text", "UTF-16 with a byte order mark, which ntldr does not read");
        if (bytes is [0xEF, 0xBB, 0xBF, ..])
            throw new MalformedInputException("boot.ini", "single-byte text", "UTF-8 with a byte order mark, which ntldr does not read");
        if (Array.IndexOf(bytes, (byte)0) is var nul and >= 0)
            throw new MalformedInputException($"boot.ini, offset {nul}", "text", "a NUL byte");

        var end = Array.IndexOf(bytes, (byte)0x1A);
        var lines = Encoding.Latin1.GetString(bytes, 0, end < 0 ? bytes.Length : end).Split('\n');
        var entries = new List<BootIniEntry>();
        var strays = new List<BootIniLine>();
        string? chosen = null;
        var section = "";
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.Length == 0 || line[0] == ';')
                continue;
            if (line[0] == '[')
                section = line.Trim('[', ']', ' ').ToUpperInvariant();
            else if (section == "BOOT LOADER" && line.StartsWith("default", StringComparison.OrdinalIgnoreCase) && line.Contains('='))
                chosen = line[(line.IndexOf('=') + 1)..].Trim();
            else if (section == "OPERATING SYSTEMS" && Entry(i + 1, line) is { } entry)
                entries.Add(entry);
            else if (section != "BOOT LOADER")
                strays.Add(new(i + 1, line));
            if (entries.Count > MostEntries)
                throw new MalformedInputException($"boot.ini, line {i + 1}", $"at most {MostEntries} entries", "more");
        }

        return new(chosen, entries) { Strays = strays };
    }

    private static BootIniEntry? Entry(int number, string line)
    {
        var at = line.IndexOf('=');
        if (at <= 0)
            return null;
        var rest = line[(at + 1)..].Trim();
        var title = rest;
        var switches = "";
        if (rest.StartsWith('"'))
        {
            var close = rest.IndexOf('"', 1);
            title = close < 0 ? rest[1..] : rest[1..close];
            switches = close < 0 ? "" : rest[(close + 1)..];
        }
        else if (rest.IndexOf('/') is var slash and >= 0)
        {
            title = rest[..slash].TrimEnd();
            switches = rest[slash..];
        }

        return new(number, line[..at].Trim(), title, switches.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries));
    }
}
