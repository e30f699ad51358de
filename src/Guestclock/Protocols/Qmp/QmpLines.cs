using Guestclock.Formats;

namespace Guestclock.Protocols.Qmp;

/// <summary>
/// Cuts what a QMP socket sends into its lines: one message may come in many reads, and one read may bring many. Lines end with CRLF or LF
/// (qmp-spec, "2.1 General Definitions"); empty ones are passed over.
/// </summary>
public sealed class QmpLines(int mostBytes = QmpLimits.LineBytes)
{
    private const int SmallBytes = 4096;

    private byte[] _buffer = new byte[SmallBytes];
    private int _start;
    private int _end;

    /// <summary>No line end stands before this.</summary>
    private int _searched;

    /// <summary>Bytes of a line that has not ended yet.</summary>
    public int Waiting => _end - _start;

    /// <summary>Takes in what was read. Take all lines out by <see cref="TryNext"/> before the next bytes.</summary>
    /// <exception cref="MalformedInputException">The line does not end within its limit.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        MakeRoom(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>The next whole line without its end; it is valid until the next call.</summary>
    /// <exception cref="MalformedInputException">The line is longer than its limit.</exception>
    public bool TryNext(out ReadOnlySpan<byte> line)
    {
        while (_buffer.AsSpan(_searched, _end - _searched).IndexOf((byte)'\n') is var length and >= 0)
        {
            var end = _searched + length;
            line = _buffer.AsSpan(_start, end - _start).TrimEnd((byte)'\r');
            _start = _searched = end + 1;
            if (line.Length > mostBytes)
                throw TooLong();
            if (line.Length > 0)
                return true;
        }

        // The line may end with CR, of which LF is not here yet.
        _searched = _end;
        line = default;
        if (Waiting > mostBytes + 1)
            throw TooLong();
        return false;
    }

    private void MakeRoom(int bytes)
    {
        var waiting = Waiting;
        if (waiting > 0 && _buffer.Length - _end >= bytes)
            return;

        // After a long line the small buffer comes back: two hundred guests that were asked once would hold it for ever.
        var needed = waiting + bytes;
        var size = needed <= SmallBytes ? SmallBytes : needed <= _buffer.Length ? _buffer.Length : Math.Max(needed, waiting * 2);
        var room = size == _buffer.Length ? _buffer : new byte[size];
        _buffer.AsSpan(_start, waiting).CopyTo(room);
        (_buffer, _searched) = (room, _searched - _start);
        (_start, _end) = (0, waiting);
    }

    private MalformedInputException TooLong() => new($"a line is longer than {mostBytes} bytes");
}
