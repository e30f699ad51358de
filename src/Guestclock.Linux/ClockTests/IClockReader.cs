namespace Guestclock.Linux.ClockTests;

/// <summary>A clock that is read in a loop. Implemented by structs, so that the loop holds the read itself and nothing around it.</summary>
internal interface IClockReader
{
    long Read();
}
