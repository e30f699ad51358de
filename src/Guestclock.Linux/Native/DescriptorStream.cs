using System.Runtime.InteropServices;
using Guestclock.Reports;

namespace Guestclock.Linux.Native;

/// <summary>Writes to a descriptor by write(2), wherever its file position is; never closes it.</summary>
/// <param name="descriptor">Negative: it is closed, and writing fails.</param>
/// <param name="isQuiet">What cannot be written is dropped.</param>
internal sealed class DescriptorStream(int descriptor, bool isQuiet) : WriteOnlyStream
{
    private const int PatienceMs = 10_000;
    private bool _isOver;

    /// <summary>Bytes that the descriptor has taken.</summary>
    public long Written { get; private set; }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0 && !_isOver)
        {
            var errno = WriteSome(buffer, out var written);
            buffer = buffer[written..];
            Written += written;
            if (errno is 0 or Errno.Interrupted || (errno == Errno.Again && WaitForRoom()))
                continue;

            // A reader such as head(1) has what it wanted.
            _isOver = true;
            if (errno != Errno.BrokenPipe && !isQuiet)
                throw new IOException(descriptor < 0 ? "it is closed" : Marshal.GetPInvokeErrorMessage(errno));
        }
    }

    private unsafe int WriteSome(ReadOnlySpan<byte> buffer, out int written)
    {
        written = 0;
        if (descriptor < 0)
            return Errno.BadDescriptor;
        fixed (byte* at = buffer)
        {
            var got = LibC.Write(descriptor, at, buffer.Length);
            written = got > 0 ? (int)got : 0;
            return got < 0 ? Errno.Last : 0;
        }
    }

    /// <summary>A descriptor that does not block, with a reader that is slow.</summary>
    private bool WaitForRoom() => Descriptors.Wait(descriptor, Descriptors.ReadyToWrite, PatienceMs) != 0;
}
