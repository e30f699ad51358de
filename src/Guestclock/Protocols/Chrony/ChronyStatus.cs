namespace Guestclock.Protocols.Chrony;

/// <summary>How chronyd took a request (STT_ in candm.h).</summary>
public enum ChronyStatus : ushort
{
    Success = 0,
    Failed = 1,
    Unauthorised = 2,
    InvalidCommand = 3,
    NoSuchSource = 4,
    InvalidTimestamp = 5,
    NotEnabled = 6,
    BadSubnet = 7,
    AccessAllowed = 8,
    AccessDenied = 9,
    TooManyClients = 12,
    NoRtc = 13,
    Inactive = 15,
    BadProtocolVersion = 18,
    BadPacketLength = 19,
    InvalidName = 21,
}

/// <summary>What the numbers mean to a reader.</summary>
public static class ChronyStatuses
{
    /// <summary>One sentence without a full stop. A number that is not known is shown.</summary>
    public static string Sentence(this ChronyStatus status) => status switch
    {
        ChronyStatus.Success => "chronyd answered",
        ChronyStatus.Failed => "chronyd could not do it",
        ChronyStatus.Unauthorised => "chronyd tells this over its unix socket only, which needs root",
        ChronyStatus.InvalidCommand => "this version of chronyd does not know the command",
        ChronyStatus.NoSuchSource => "chronyd has no such source",
        ChronyStatus.InvalidTimestamp => "chronyd refuses the timestamp",
        ChronyStatus.NotEnabled => "the facility is not enabled in chronyd",
        ChronyStatus.BadSubnet => "chronyd refuses the subnet",
        ChronyStatus.AccessAllowed => "chronyd would allow access",
        ChronyStatus.AccessDenied => "chronyd would deny access",
        ChronyStatus.TooManyClients => "chronyd holds too many clients",
        ChronyStatus.NoRtc => "chronyd has no RTC",
        ChronyStatus.Inactive => "the facility is not active in chronyd",
        ChronyStatus.BadProtocolVersion => "chronyd speaks another version of its protocol",
        ChronyStatus.BadPacketLength => "chronyd expects another length of the request",
        ChronyStatus.InvalidName => "chronyd refuses the name",
        _ => $"chronyd answers with status {(ushort)status}, which is not known",
    };
}
