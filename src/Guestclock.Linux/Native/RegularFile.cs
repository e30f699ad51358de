using System.Buffers;
using Guestclock.Facts;
using Guestclock.Machines;

namespace Guestclock.Linux.Native;

/// <summary>Reads regular files, and only those, up to a limit.</summary>
internal static class RegularFile
{
    /// <summary>
    /// Files of sysfs say that they are one page long, whatever they hold (up to 64 KiB on some machines), and those of proc say 0;
    /// so only a size above this is believed before reading.
    /// </summary>
    private const long BelievedSize = 64 << 10;

    /// <summary>
    /// Looks before it opens, because opening a device may do something (a watchdog starts, a tape winds back), and looks again at
    /// what it opened. <paramref name="source"/> is the fact's source.
    /// </summary>
    public static Fact<byte[]> Read(int directory, string name, int limitBytes, string source, bool followLinks = true)
    {
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        var errno = FileStatus.Get(directory, name, followLinks, out var status);
        if (errno == 0 && Refusal(status, limitBytes) is { } refusal)
            return Fact.Unknown<byte[]>(FactState.Malformed, source, refusal, Elapsed.NsSince(start));
        if (errno != 0)
            return Errno.ToFact<byte[]>(errno, "stat", source, source, Elapsed.NsSince(start));

        int descriptor;
        do
            descriptor = LibC.OpenAt(directory, name, OpenFlags.Read | (followLinks ? 0 : OpenFlags.NoFollow));
        while (descriptor < 0 && Errno.Last == Errno.Interrupted);
        if (descriptor < 0)
            return Errno.ToFact<byte[]>(Errno.Last, "open", source, source, Elapsed.NsSince(start));
        try
        {
            return Read(descriptor, limitBytes, source) with { TookNs = Elapsed.NsSince(start) };
        }
        finally
        {
            _ = LibC.Close(descriptor);
        }
    }

    /// <summary>What is open already.</summary>
    public static Fact<byte[]> Read(int descriptor, int limitBytes, string source)
    {
        var errno = FileStatus.Get(descriptor, "", true, out var status);
        if (errno == 0 && Refusal(status, limitBytes) is { } changed)
            return Fact.Unknown<byte[]>(FactState.Malformed, source, changed);
        errno = Drain(descriptor, limitBytes, out var bytes);
        if (errno != 0)
            return Errno.ToFact<byte[]>(errno, "read", source, source);
        return bytes is null ? Fact.Unknown<byte[]>(FactState.Malformed, source, TooLarge(limitBytes)) : Fact.Known(bytes, source);
    }

    /// <summary>The sentence for a file above its limit, the same live and replayed.</summary>
    public static string TooLarge(int limitBytes) => $"larger than {limitBytes} bytes";

    private static string? Refusal(FileStatus status, int limitBytes) =>
        status.Kind != EntryKind.File ? $"{FileStatus.Describe(status.Kind)}, not a regular file"
        : status.Size > limitBytes && status.Size > BelievedSize ? TooLarge(limitBytes)
        : null;

    /// <summary>Reads to the end; no bytes when there is more than the limit. Returns 0 or the errno.</summary>
    private static unsafe int Drain(int descriptor, int limitBytes, out byte[]? bytes)
    {
        bytes = null;
        var buffer = ArrayPool<byte>.Shared.Rent(4096);
        var length = 0;
        try
        {
            while (length <= limitBytes)
            {
                if (length == buffer.Length)
                    buffer = Grow(buffer);
                nint got;
                fixed (byte* at = &buffer[length])
                    got = LibC.Read(descriptor, at, buffer.Length - length);
                if (got < 0 && Errno.Last == Errno.Interrupted)
                    continue;
                if (got < 0)
                    return Errno.Last;
                if (got == 0)
                {
                    bytes = buffer.AsSpan(0, length).ToArray();
                    return 0;
                }

                length += (int)got;
            }

            return 0;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer)
    {
        var next = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan().CopyTo(next);
        ArrayPool<byte>.Shared.Return(buffer);
        return next;
    }
}
