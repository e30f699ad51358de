namespace Guestclock.Fixes.Services;

/// <summary>The line <c># chkconfig: 2345 58 74</c> of an init script: where it stands in the order of starting and stopping, each 0 to 99.</summary>
internal sealed record ChkconfigHeader(int Start, int Stop)
{
    public static ChkconfigHeader? Of(string script)
    {
        foreach (var raw in script.AsSpan().EnumerateLines())
        {
            var line = raw.Trim();
            if (line.Length == 0 || line[0] != '#')
                continue;
            line = line[1..].TrimStart();
            if (!line.StartsWith("chkconfig:"))
                continue;
            var words = line["chkconfig:".Length..].ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length >= 3 && int.TryParse(words[1], out var start) && int.TryParse(words[2], out var stop) && start is >= 0 and <= 99 && stop is >= 0 and <= 99)
                return new(start, stop);
        }

        return null;
    }
}
