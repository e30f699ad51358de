namespace Guestclock.Formats.ClockLogs;

/// <summary>The lines of a stream, one after the other, in one buffer; a line longer than <see cref="Longest"/> comes out empty and counts as cut.</summary>
internal sealed class LineSource(Stream input)
{
    public const int Longest = 4096;

    private readonly byte[] _buffer = new byte[1 << 18];
    private int _from;
    private int _to;
    private bool _hasEnded;

    /// <summary>Of the line that was given last; from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Whether the line that was given last was too long to be kept.</summary>
    public bool WasCut { get; private set; }

    /// <summary>What comes next, as much as the buffer holds; nothing is used up.</summary>
    public ReadOnlySpan<byte> Ahead()
    {
        Fill();
        return _buffer.AsSpan(_from, _to - _from);
    }

    /// <param name="line">Without its end and without blanks around it; valid until the next call.</param>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        var end = _buffer.AsSpan(_from, _to - _from).IndexOf((byte)'\n');
        if (end < 0)
        {
            Fill();
            end = _buffer.AsSpan(_from, _to - _from).IndexOf((byte)'\n');
        }

        if (end < 0 && _to == _from)
        {
            line = default;
            return false;
        }

        Number++;
        WasCut = end > Longest || (end < 0 && _to - _from > Longest);
        line = WasCut ? default : Trim(_buffer.AsSpan(_from, end < 0 ? _to - _from : end));
        if (end < 0)
            SkipToLineEnd();
        else
            _from += end + 1;
        return true;
    }

    /// <summary>Without blanks, carriage return and byte order mark.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("\uFEFF"u8))
            line = line["\uFEFF"u8.Length..];
        return line.Trim(" \t\r"u8);
    }

    private void SkipToLineEnd()
    {
        while (true)
        {
            _from = _to = 0;
            Fill();
            var end = _buffer.AsSpan(0, _to).IndexOf((byte)'\n');
            if (end >= 0 || _to == 0)
            {
                _from = Math.Min(_to, end + 1);
                return;
            }
        }
    }

    private void Fill()
    {
        _buffer.AsSpan(_from, _to - _from).CopyTo(_buffer);
        (_from, _to) = (0, _to - _from);
        while (_to < _buffer.Length && !_hasEnded)
        {
            var n = input.Read(_buffer, _to, _buffer.Length - _to);
            _hasEnded = n == 0;
            _to += n;
        }
    }
}
