using Guestclock.Linux.Native;

namespace Guestclock.Linux.Recording;

/// <summary>Reads no more than so many bytes of a stream; a longer one breaks off, so that a small archive cannot fill the
/// memory.</summary>
internal sealed class BoundedStream(Stream inner, long limit) : ReadOnlyStream
{
    private long _read;

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var got = inner.Read(buffer);
        _read += got;
        return _read <= limit ? got : throw new InvalidDataException($"it unpacks to more than {limit} bytes");
    }
}
