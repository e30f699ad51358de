using System.Text.Json.Serialization;
using Guestclock.Facts;

namespace Guestclock.Protocols.Chrony;

/// <summary>Reply to REQ_TRACKING (candm.h). Times in nanoseconds.</summary>
/// <param name="ReferenceId">As text: <c>PHC0</c>, <c>C0A80001</c>.</param>
/// <param name="Leap">0 normal, 1 insert, 2 delete, 3 not synchronised.</param>
/// <param name="CorrectionNs">Remaining correction: positive means that the system clock is slow of NTP time.</param>
/// <param name="LastOffsetNs">Last measured offset: positive means that the local clock was ahead.</param>
/// <param name="FrequencyPpm">Positive: the clock runs fast without correction.</param>
public sealed record ChronyTracking(string ReferenceId, string Address, int Stratum, int Leap, long ReferenceTimeNs, long CorrectionNs, long LastOffsetNs,
    long RmsOffsetNs, double FrequencyPpm, double ResidualFrequencyPpm, double SkewPpm, long RootDelayNs, long RootDispersionNs, double UpdateIntervalS)
{
    public bool IsSynchronised => Leap != 3 && Stratum is > 0 and < 16;

    /// <summary>|correction| + root dispersion + root delay / 2: the bound that chronyc(1) documents.</summary>
    public long ErrorBoundNs => Math.Abs(CorrectionNs) + RootDispersionNs + (RootDelayNs / 2);
}

/// <summary>State of a source, with the numbers of candm.h.</summary>
[JsonConverter(typeof(KebabEnumConverter<ChronySourceState>))]
public enum ChronySourceState
{
    Selected = 0,
    NonSelectable = 1,
    Falseticker = 2,
    Jittery = 3,

    /// <summary>Combined with the selected one (<c>+</c>).</summary>
    Combined = 4,

    /// <summary>Selectable, not combined (<c>-</c>).</summary>
    NotCombined = 5,

    /// <summary>A number this program does not know.</summary>
    Unknown = 255,
}

[JsonConverter(typeof(KebabEnumConverter<ChronySourceMode>))]
public enum ChronySourceMode
{
    Client = 0,
    Peer = 1,
    RefClock = 2,
    Unknown = 255,
}

/// <summary>Reply to REQ_SOURCE_DATA.</summary>
/// <param name="Name">Address, or the reference id of a reference clock (<c>PHC0</c>).</param>
/// <param name="Reach">Reach register of 8 bits; 0xFF: the last eight polls were answered.</param>
/// <param name="OffsetNs">Latest measurement, adjusted; positive: the local clock is ahead of the source.</param>
/// <param name="ErrorNs">± bound of the measurement.</param>
/// <param name="SinceSampleS">Seconds since the last sample; uint.MaxValue: never.</param>
public sealed record ChronySource(string Name, ChronySourceMode Mode, ChronySourceState State, int Stratum, int PollLog2S, int Reach, uint SinceSampleS,
    long OffsetNs, long ErrorNs);

/// <summary>Reply to REQ_SOURCESTATS.</summary>
public sealed record ChronySourceStats(string Name, int Samples, int Runs, long SpanS, long StandardDeviationNs, double ResidualFrequencyPpm, double SkewPpm,
    long EstimatedOffsetNs, long EstimatedOffsetErrorNs);

/// <summary>Reply to REQ_ACTIVITY: how many sources are in each state.</summary>
public sealed record ChronyActivity(int Online, int Offline, int BurstOnline, int BurstOffline, int Unresolved);

/// <summary>Reply to REQ_NTP_DATA.</summary>
public sealed record ChronyNtpData(string Remote, int RemotePort, int Leap, int Version, int Stratum, long RootDelayNs, long RootDispersionNs, string ReferenceId,
    long OffsetNs, long PeerDelayNs, long PeerDispersionNs, int Flags, string TransmitTimestamping, string ReceiveTimestamping, uint Sent, uint Received, uint Valid);
