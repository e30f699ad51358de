using System.Buffers.Binary;

namespace Guestclock.Protocols.Timestamping;

/// <summary>
/// Time stamps that the kernel puts beside datagrams (Documentation/networking/timestamping.rst): control messages of recvmsg(2), each
/// length u64 @0 (header included), level s32 @8, type s32 @12, data @16, the next one on a multiple of 8; SCM_TIMESTAMPING holds struct
/// scm_timestamping of linux/errqueue.h, three times of seconds s64 and nanoseconds s64, the first of them by software.
/// </summary>
public static class SocketTimestamps
{
    /// <summary>SOL_SOCKET (asm-generic/socket.h).</summary>
    public const int SocketLevel = 1;

    /// <summary>SO_TIMESTAMPING and SCM_TIMESTAMPING with times of 64-bit Linux (SO_TIMESTAMPING_OLD of asm-generic/socket.h).</summary>
    public const int Timestamping = 37;

    /// <summary>TX_SOFTWARE | RX_SOFTWARE | SOFTWARE | OPT_TSONLY of linux/net_tstamp.h: both directions, without the datagram's own bytes.</summary>
    public const int Flags = (1 << 1) | (1 << 3) | (1 << 4) | (1 << 11);

    /// <summary>MSG_ERRQUEUE: where the time stamps of what was sent come back.</summary>
    public const int ErrorQueue = 0x2000;

    /// <summary>Room for all control messages of one datagram.</summary>
    public const int ControlBytes = 512;

    public const int HeaderBytes = 16;

    /// <summary>sizeof(struct scm_timestamping).</summary>
    public const int TimesBytes = 48;

    /// <summary>The time by software, in nanoseconds of CLOCK_REALTIME; null where there is none.</summary>
    public static long? SoftwareNs(ReadOnlySpan<byte> control)
    {
        while (control.Length >= HeaderBytes)
        {
            var length = BinaryPrimitives.ReadUInt64LittleEndian(control);
            if (length < HeaderBytes || length > (ulong)control.Length)
                return null;
            if (BinaryPrimitives.ReadInt32LittleEndian(control[8..]) == SocketLevel
                && BinaryPrimitives.ReadInt32LittleEndian(control[12..]) == Timestamping && length >= HeaderBytes + TimesBytes)
                return Time(control[HeaderBytes..]);
            var next = ((int)length + 7) & ~7;
            control = next < control.Length ? control[next..] : [];
        }

        return null;
    }

    private static long? Time(ReadOnlySpan<byte> time)
    {
        var seconds = BinaryPrimitives.ReadInt64LittleEndian(time);
        var nanoseconds = BinaryPrimitives.ReadInt64LittleEndian(time[8..]);
        return seconds is > 0 and < long.MaxValue / 1_000_000_000 && nanoseconds is >= 0 and < 1_000_000_000
            ? (seconds * 1_000_000_000) + nanoseconds : null;
    }
}
