using System.Runtime.CompilerServices;

namespace Guestclock.Linux.ClockTests;

/// <summary>The last reading of each reader, for the others to see; each in cache lines of its own.</summary>
internal sealed class PublishedReadings
{
    public const long None = long.MinValue;

    /// <summary>128 bytes apart: CPUs fetch lines of 64 bytes in pairs.</summary>
    private const int Apart = 16;

    private readonly long[] _readings;

    public PublishedReadings(int readers)
    {
        Count = readers;
        _readings = new long[(readers + 1) * Apart];
        Array.Fill(_readings, None);
    }

    public int Count { get; }

    /// <summary>What a reader published last, or <see cref="None"/>; whatever is read afterwards is read after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Of(int reader) => Volatile.Read(ref _readings[(reader + 1) * Apart]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Publish(int reader, long reading) => Volatile.Write(ref _readings[(reader + 1) * Apart], reading);
}
