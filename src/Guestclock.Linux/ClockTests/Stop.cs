using System.Runtime.CompilerServices;

namespace Guestclock.Linux.ClockTests;

/// <summary>Tells threads that do nothing but read a clock to end.</summary>
internal sealed class Stop
{
    private bool _isSet;

    public bool IsSet
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Volatile.Read(ref _isSet);
    }

    public void Set() => Volatile.Write(ref _isSet, true);
}
