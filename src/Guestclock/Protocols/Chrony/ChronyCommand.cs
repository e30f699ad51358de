namespace Guestclock.Protocols.Chrony;

/// <summary>The requests that this program sends, with the numbers of candm.h (chrony 3.1 to 4.9; numbers are never reused).</summary>
public enum ChronyCommand : ushort
{
    SourceCount = 14,
    SourceData = 15,
    Tracking = 33,
    SourceStats = 34,
    Activity = 44,
    NtpData = 57,
}
