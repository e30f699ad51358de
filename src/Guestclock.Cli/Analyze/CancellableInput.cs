using Guestclock.Linux.Native;

namespace Guestclock.Cli.Analyze;

/// <summary>Bytes that may never come (a pipe, a terminal): a read ends when it is cancelled.</summary>
internal sealed class CancellableInput(Stream inner, CancellationToken cancellationToken) : ReadOnlyStream
{
    public override int Read(byte[] buffer, int offset, int count)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return inner is FileStream { CanSeek: true } file
            ? file.Read(buffer, offset, count)
            : inner.ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask().WaitAsync(cancellationToken).GetAwaiter().GetResult();
    }
}
