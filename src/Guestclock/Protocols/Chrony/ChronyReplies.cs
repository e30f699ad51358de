using System.Text.Json.Serialization;
using Guestclock.Json;

namespace Guestclock.Protocols.Chrony;

/// <summary>Reply to REQ_TRACKING (candm.h). Times in nanoseconds.</summary>
/// <param name="ReferenceId">As text: <c>PHC0</c> of a reference clock, <c>C0A80001</c> of a server; <c>00000000</c>: none.</param>
/// <param name="Address">Of the selected server; empty for a reference clock, the local reference and none.</param>
/// <param name="Leap">0 normal, 1 insert, 2 delete, 3 not synchronised.</param>
/// <param name="CorrectionNs">Remaining correction: positive means that the system clock is slow of NTP time.</param>
/// <param name="LastOffsetNs">Last measured offset: positive means that the local clock was ahead.</param>
/// <param name="FrequencyPpm">Positive: the clock runs fast without correction.</param>
public sealed record ChronyTracking(
    string ReferenceId, string Address, int Stratum, int Leap, long ReferenceTimeNs, long CorrectionNs, long LastOffsetNs, long RmsOffsetNs,
    double FrequencyPpm, double ResidualFrequencyPpm, double SkewPpm, long RootDelayNs, long RootDispersionNs, double UpdateIntervalS)
{
    public bool IsSynchronised => Leap != 3 && Stratum is > 0 and < 16;

    /// <summary>|correction| + root dispersion + root delay / 2: the bound that chronyc(1) documents.</summary>
    public long ErrorBoundNs =>
        (long)Int128.Min(long.MaxValue, Int128.Abs(CorrectionNs) + Math.Max(RootDispersionNs, 0) + (Math.Max(RootDelayNs, 0) / 2));
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
public sealed record ChronySource(
    string Name, ChronySourceMode Mode, ChronySourceState State, int Stratum, int PollLog2S, int Reach, uint SinceSampleS, long OffsetNs,
    long ErrorNs)
{
    /// <summary>The state as chronyd gave it, for one that has no name here.</summary>
    public int StateNumber { get; init; } = (int)State;

    /// <summary>The mode as chronyd gave it, for one that has no name here.</summary>
    public int ModeNumber { get; init; } = (int)Mode;

    /// <summary>A name without an address yet, or a place that a pool has not filled; chronyc hides these.</summary>
    [JsonIgnore]
    public bool IsUnresolved { get; init; }
}

/// <summary>Reply to REQ_SOURCESTATS.</summary>
/// <param name="Name">Address, or the reference id of a reference clock (<c>PHC0</c>).</param>
/// <param name="ResidualFrequencyPpm">What this source would add to the estimate of the clock's frequency.</param>
/// <param name="EstimatedOffsetNs">Positive: the local clock is ahead of the source.</param>
public sealed record ChronySourceStats(
    string Name, int Samples, int Runs, long SpanS, long StandardDeviationNs, double ResidualFrequencyPpm, double SkewPpm,
    long EstimatedOffsetNs, long EstimatedOffsetErrorNs)
{
    /// <summary>See <see cref="ChronySource.IsUnresolved"/>.</summary>
    [JsonIgnore]
    public bool IsUnresolved { get; init; }
}

/// <summary>Reply to REQ_ACTIVITY: how many sources are in each state.</summary>
public sealed record ChronyActivity(int Online, int Offline, int BurstOnline, int BurstOffline, int Unresolved);

/// <summary>Reply to REQ_NTP_DATA: the last valid exchange with a server or peer.</summary>
/// <param name="ReferenceId">Letters where the stratum is 0 or 1 (<c>GPS</c>), else 8 hexadecimal digits.</param>
/// <param name="OffsetNs">server - local as chronyd measured it; positive: the server is ahead.</param>
/// <param name="Flags">0x03FF: results of ten tests; 0x4000 interleaved; 0x8000 authenticated.</param>
/// <param name="TransmitTimestamping"><c>daemon</c>, <c>kernel</c>, <c>hardware</c> or <c>none</c>.</param>
public sealed record ChronyNtpData(
    string Remote, int RemotePort, int Leap, int Version, int Stratum, long RootDelayNs, long RootDispersionNs, string ReferenceId,
    long OffsetNs, long PeerDelayNs, long PeerDispersionNs, int Flags, string TransmitTimestamping, string ReceiveTimestamping,
    uint Sent, uint Received, uint Valid);
