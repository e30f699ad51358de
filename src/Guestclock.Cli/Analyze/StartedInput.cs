using Guestclock.Linux.Native;

namespace Guestclock.Cli.Analyze;

/// <summary>Input whose first two bytes were looked at.</summary>
internal sealed class StartedInput : ReadOnlyStream
{
    private readonly Stream _inner;
    private readonly byte[] _start = new byte[2];
    private readonly int _length;
    private int _given;

    public StartedInput(Stream inner)
    {
        _inner = inner;
        _length = inner.ReadAtLeast(_start, _start.Length, throwOnEndOfStream: false);
    }

    /// <summary>RFC 1952 section 2.3.1.</summary>
    public bool IsGzip => _length == 2 && _start is [0x1F, 0x8B];

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_given == _length)
            return _inner.Read(buffer, offset, count);
        var n = Math.Min(count, _length - _given);
        _start.AsSpan(_given, n).CopyTo(buffer.AsSpan(offset));
        _given += n;
        return n;
    }
}
