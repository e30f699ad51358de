using System.Runtime.CompilerServices;

namespace Guestclock.Formats.ClockLogs;

/// <summary>The words of one line, between blanks; those beyond <see cref="Most"/> are not seen.</summary>
internal readonly ref struct LogWords
{
    private const int Most = 24;

    private readonly ReadOnlySpan<byte> _line;
    private readonly Ranges _ranges;

    public LogWords(ReadOnlySpan<byte> line)
    {
        _line = line;
        var at = 0;
        while (Count < Most)
        {
            while (at < line.Length && IsBlank(line[at]))
                at++;
            if (at == line.Length)
                break;
            var from = at;
            while (at < line.Length && !IsBlank(line[at]))
                at++;
            _ranges[Count++] = new(from, at);
        }
    }

    public int Count { get; }

    public ReadOnlySpan<byte> this[int index] => index < Count ? _line[_ranges[index]] : default;

    private static bool IsBlank(byte b) => b is (byte)' ' or (byte)'\t';

    [InlineArray(Most)]
    private struct Ranges
    {
        private Range _first;
    }
}
