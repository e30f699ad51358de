using System.Buffers.Binary;
using Guestclock.Formats;
using Guestclock.Protocols.Chrony;
using Guestclock.Testing;

namespace Guestclock.Tests.Protocols.Chrony;

/// <summary>Each captured reply decodes to what chronyc printed of the same bytes, in value and sign.</summary>
public class ChronyMessageTests
{
    private static readonly Capture[] Trackings =
        [Captured.TrackingServer, Captured.TrackingRefClock, Captured.TrackingLocal, Captured.TrackingUnsynchronised];

    private static readonly Capture[] Sources =
    [
        Captured.SourceRefClockSilent, Captured.SourceRefClock, Captured.SourceSelected, Captured.SourceSilent, Captured.SourceIPv6,
        Captured.SourceUnresolved, Captured.SourceFalseticker,
    ];

    private static readonly Capture[] Stats =
        [Captured.StatsRefClockSilent, Captured.StatsRefClock, Captured.StatsSelected, Captured.StatsSilent, Captured.StatsIPv6];

    private static readonly Capture[] NtpData = [Captured.NtpDataSelected, Captured.NtpDataSilent, Captured.NtpDataIPv6];

    [Fact]
    public void Tracking_is_what_chronyc_shows() =>
        Assert.All(Trackings, c => Assert.Equal(ChronycCsv.Tracking(c.Csv), ChronycCsv.Rounded(TrackingMessage.Decode(c.Bytes))));

    [Fact]
    public void A_positive_correction_is_a_slow_clock_and_a_bound_covers_it()
    {
        var tracking = TrackingMessage.Decode(Captured.TrackingServer.Bytes);
        Assert.Equal(49_998_719, tracking.CorrectionNs);
        Assert.True(tracking.IsSynchronised);
        Assert.Equal(49_998_719 + 2_090 + 2_698, tracking.ErrorBoundNs);
    }

    [Theory]
    [InlineData(long.MinValue, long.MaxValue, long.MaxValue, long.MaxValue)]
    [InlineData(-5, -7, -9, 5)]
    public void The_bound_holds_for_any_numbers(long correction, long delay, long dispersion, long bound)
    {
        var tracking = TrackingMessage.Decode(Captured.TrackingServer.Bytes);
        tracking = tracking with { CorrectionNs = correction, RootDelayNs = delay, RootDispersionNs = dispersion };
        Assert.Equal(bound, tracking.ErrorBoundNs);
    }

    [Fact]
    public void A_chronyd_without_a_source_is_not_synchronised() =>
        Assert.False(TrackingMessage.Decode(Captured.TrackingUnsynchronised.Bytes).IsSynchronised);

    [Theory]
    [InlineData(22, 17)]
    [InlineData(22, 255)]
    [InlineData(30, 256)]
    [InlineData(30, 0xFFFF)]
    public void A_source_of_an_impossible_stratum_or_reach_is_a_lie(int offset, int value)
    {
        var reply = Captured.SourceSelected.Bytes;
        BinaryPrimitives.WriteUInt16BigEndian(reply.AsSpan(28 + offset), (ushort)value);
        Assert.Throws<MalformedInputException>(() => SourceDataMessage.Decode(reply));
    }

    [Fact]
    public void A_negative_root_dispersion_is_a_lie()
    {
        var reply = Captured.TrackingServer.Bytes;
        BinaryPrimitives.WriteUInt32BigEndian(reply.AsSpan(28 + 68), 0x03000000);
        Assert.Contains("no negative time", Assert.Throws<MalformedInputException>(() => TrackingMessage.Decode(reply)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Sources_are_what_chronyc_shows() => Assert.All(Sources, c =>
        Assert.Equal(ChronycCsv.Source(c.Csv), SourceDataMessage.Decode(c.Bytes) with { IsUnresolved = false }));

    [Fact]
    public void An_unresolved_source_says_so()
    {
        Assert.True(SourceDataMessage.Decode(Captured.SourceUnresolved.Bytes).IsUnresolved);
        Assert.True(SourceStatsMessage.Decode(Captured.StatsUnresolved.Bytes).IsUnresolved);
        Assert.False(SourceDataMessage.Decode(Captured.SourceSelected.Bytes).IsUnresolved);
    }

    [Fact]
    public void A_state_or_mode_of_a_later_release_is_unknown_and_keeps_its_number()
    {
        var reply = Captured.SourceSelected.Bytes;
        BinaryPrimitives.WriteUInt16BigEndian(reply.AsSpan(28 + 24), 6);
        BinaryPrimitives.WriteUInt16BigEndian(reply.AsSpan(28 + 26), 3);
        var source = SourceDataMessage.Decode(reply);
        Assert.Equal(
            (ChronySourceState.Unknown, 6, ChronySourceMode.Unknown, 3),
            (source.State, source.StateNumber, source.Mode, source.ModeNumber));
    }

    [Fact]
    public void Source_statistics_are_what_chronyc_shows() => Assert.All(Stats, c =>
        Assert.Equal(ChronycCsv.SourceStats(c.Csv), ChronycCsv.Rounded(SourceStatsMessage.Decode(c.Bytes))));

    [Fact]
    public void Activity_is_what_chronyc_shows() =>
        Assert.Equal(ChronycCsv.Activity(Captured.Activity.Csv), ActivityMessage.Decode(Captured.Activity.Bytes));

    [Fact]
    public void Sources_are_counted() => Assert.Equal(6, SourceCountMessage.Decode(Captured.SourceCount.Bytes));

    [Fact]
    public void A_count_is_never_negative()
    {
        var reply = Captured.SourceCount.Bytes;
        reply[28] = 0xFF;
        Assert.Throws<MalformedInputException>(() => SourceCountMessage.Decode(reply));
    }

    [Fact]
    public void Ntp_data_is_what_chronyc_shows() => Assert.All(NtpData, c =>
        Assert.Equal(ChronycCsv.NtpData(c.Csv), ChronycCsv.Rounded(NtpDataMessage.Decode(c.Bytes))));

    /// <summary>
    /// chrony 4.6 appends counters before the reserved words and calls the reply 26 (candm.h); the fields before them did not move.
    /// </summary>
    [Fact]
    public void Ntp_data_of_chrony_4_6_has_another_code_and_length()
    {
        var reply = Captured.NtpDataSelected.Bytes;
        var longer = new byte[172];
        reply.CopyTo(longer, 0);
        longer[7] = 26;
        Assert.Equal(NtpDataMessage.Decode(reply), NtpDataMessage.Decode(longer));
        Assert.Throws<MalformedInputException>(() => NtpDataMessage.Decode(longer[..171]));
    }

    [Fact]
    public void Any_bytes_decode_or_are_refused()
    {
        Fuzz.Bytes([.. Trackings.Select(c => c.Bytes)], b => _ = TrackingMessage.Decode(b).ErrorBoundNs);
        Fuzz.Bytes([Captured.SourceCount.Bytes], b => SourceCountMessage.Decode(b));
        Fuzz.Bytes([.. Sources.Select(c => c.Bytes)], b => SourceDataMessage.Decode(b));
        Fuzz.Bytes([.. Stats.Select(c => c.Bytes)], b => SourceStatsMessage.Decode(b));
        Fuzz.Bytes([Captured.Activity.Bytes], b => ActivityMessage.Decode(b));
        Fuzz.Bytes([.. NtpData.Select(c => c.Bytes)], b => NtpDataMessage.Decode(b));
    }
}
