using System.Buffers.Binary;
using Guestclock.Facts;
using Guestclock.Probes;
using Guestclock.Protocols.Chrony;
using Guestclock.Testing;
using Guestclock.Tests.Protocols.Chrony;

namespace Guestclock.Tests.Probes;

public class ChronyProbeTests
{
    private static MemoryMachine Machine()
    {
        Capture[] sources =
        [
            Captured.SourceRefClockSilent, Captured.SourceRefClock, Captured.SourceSelected, Captured.SourceSilent, Captured.SourceIPv6,
            Captured.SourceUnresolved,
        ];
        Capture[] stats =
        [
            Captured.StatsRefClockSilent, Captured.StatsRefClock, Captured.StatsSelected, Captured.StatsSilent, Captured.StatsIPv6,
            Captured.StatsUnresolved,
        ];
        var machine = new MemoryMachine()
            .Answer("chrony/tracking", Captured.TrackingServer.Bytes)
            .Answer("chrony/n_sources", Captured.SourceCount.Bytes)
            .Answer("chrony/activity", Captured.Activity.Bytes)
            .Answer("chrony/ntp_data/127.0.0.1", Captured.NtpDataSelected.Bytes)
            .Answer("chrony/ntp_data/127.0.0.2", Captured.NtpDataSilent.Bytes)
            .Answer("chrony/ntp_data/::1", Captured.NtpDataIPv6.Bytes);
        for (var i = 0; i < sources.Length; i++)
            machine.Answer($"chrony/source_data/{i}", sources[i].Bytes).Answer($"chrony/sourcestats/{i}", stats[i].Bytes);
        return machine;
    }

    [Fact]
    public void Tells_the_whole_state_without_what_is_not_resolved()
    {
        var facts = ChronyProbe.Gather(Machine());
        Assert.Equal("127.0.0.1", facts.Tracking.Value!.Address);
        Assert.Equal(["PHC0", "GPS1", "127.0.0.1", "127.0.0.2", "::1"], facts.Sources.Value!.Select(s => s.Name));
        Assert.Equal(["PHC0", "GPS1", "127.0.0.1", "127.0.0.2", "::1"], facts.SourceStats.Value!.Select(s => s.Name));
        Assert.Equal(["127.0.0.1", "127.0.0.2", "::1"], facts.NtpData.Value!.Select(s => s.Remote));
        Assert.Equal(1, facts.Activity.Value!.Unresolved);
    }

    [Fact]
    public void Without_chronyd_each_fact_says_so()
    {
        var facts = ChronyProbe.Gather(new MemoryMachine());
        Assert.All(All(facts), f => Assert.Equal(FactState.Missing, f.State));
    }

    [Fact]
    public void An_image_holds_nothing_of_it() =>
        Assert.All(
            All(ChronyProbe.Gather(new MemoryMachine { Absent = FactState.NotRecorded })),
            f => Assert.Equal(FactState.NotRecorded, f.State));

    [Fact]
    public void Over_udp_ntp_data_is_denied_and_the_rest_is_told()
    {
        var facts = ChronyProbe.Gather(Machine().Answer("chrony/ntp_data/127.0.0.1", Captured.Unauthorised.Bytes));
        Assert.Equal(FactState.Denied, facts.NtpData.State);
        Assert.Contains("needs root", facts.NtpData.Why, StringComparison.Ordinal);
        Assert.True(facts.Sources.IsKnown);
    }

    [Fact]
    public void A_source_that_went_away_meanwhile_is_left_out()
    {
        var gone = Captured.NoSuchSource.Bytes;
        gone[5] = (byte)ChronyCommand.SourceData;
        var facts = ChronyProbe.Gather(Machine().Answer("chrony/source_data/1", gone));
        Assert.Equal(["PHC0", "127.0.0.1", "127.0.0.2", "::1"], facts.Sources.Value!.Select(s => s.Name));
    }

    [Theory]
    [InlineData(FactState.TimedOut, "chronyd does not answer within its time limit")]
    [InlineData(FactState.Failed, "some failure")]
    public void A_failure_on_the_way_is_that_of_the_list(FactState state, string why)
    {
        var facts = ChronyProbe.Gather(Machine().NoAnswer("chrony/sourcestats/3", state, why));
        Assert.Equal((state, why), (facts.SourceStats.State, facts.SourceStats.Why));
        Assert.True(facts.Sources.IsKnown);
    }

    [Fact]
    public void A_reply_to_another_command_is_malformed()
    {
        var facts = ChronyProbe.Gather(Machine().Answer("chrony/tracking", Captured.Activity.Bytes));
        Assert.Equal(FactState.Malformed, facts.Tracking.State);
        Assert.Contains("command 33", facts.Tracking.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_of_an_unknown_address_family_is_malformed_where_it_is_asked_about()
    {
        var odd = Captured.SourceSilent.Bytes;
        odd[28 + 17] = 9;
        var facts = ChronyProbe.Gather(Machine().Answer("chrony/source_data/3", odd));
        Assert.Equal("address of family 9", facts.Sources.Value![3].Name);
        Assert.Equal(FactState.Malformed, facts.NtpData.State);
    }

    [Fact]
    public void A_liar_with_two_thousand_million_sources_is_asked_about_64()
    {
        var count = Captured.SourceCount.Bytes;
        BinaryPrimitives.WriteInt32BigEndian(count.AsSpan(28), int.MaxValue);
        var machine = Machine().Answer("chrony/n_sources", count);
        for (var i = 0; i < 100; i++)
            machine.Answer($"chrony/source_data/{i}", Captured.SourceRefClock.Bytes);
        Assert.Equal(64, ChronyProbe.Gather(machine).Sources.Value!.Count);
    }

    private static IEnumerable<IFact> All(ChronyFacts f) => [f.Tracking, f.Sources, f.SourceStats, f.Activity, f.NtpData];
}
