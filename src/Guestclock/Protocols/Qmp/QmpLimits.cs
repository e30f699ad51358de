namespace Guestclock.Protocols.Qmp;

/// <summary>How much of what the other end of a QMP socket says is taken in.</summary>
public static class QmpLimits
{
    /// <summary>Of one line. <c>query-qmp-schema</c>, the longest answer of QEMU 10, has about 250 KB; what we ask for has at most a few.</summary>
    public const int LineBytes = 1024 * 1024;

    /// <summary>Of an event's line: the longest, of a guest's panic or a disk, are below 2 KB.</summary>
    public const int EventBytes = 16 * 1024;

    /// <summary>Nested objects and arrays in one message.</summary>
    public const int Depth = 32;

    /// <summary>Of a name or a sentence that is kept or shown.</summary>
    public const int TextChars = 1024;
}
