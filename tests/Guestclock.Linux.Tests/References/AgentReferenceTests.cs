using Guestclock.Discipline.Watch;
using Guestclock.Linux.References;
using Guestclock.Measuring;
using Guestclock.Testing;

namespace Guestclock.Linux.Tests.References;

/// <summary>A simulated agent, whose clock is this machine's and so many nanoseconds.</summary>
public sealed class AgentReferenceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gc-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Socket => Path.Combine(_folder, "agent");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private AgentReference Open(HostSanity? host = null) => AgentReference.OfSocket(Socket, host ?? HostSanity.Synchronized(2_000_000, "chronyd, stratum 3"));

    [Theory]
    [InlineData(0)]
    [InlineData(-20_000_000_000)]
    [InlineData(3_600_000_000_000)]
    public async Task The_offset_of_the_guest_lies_within_the_bound(long offsetNs)
    {
        await using var agent = new SimulatedAgent(Socket) { OffsetNs = offsetNs };
        using var reference = Open();
        for (var i = 0; i < 5; i++)
        {
            var sample = (await reference.ReadAsync(Cancel)).Sample!;
            Assert.InRange(offsetNs, sample.OffsetNs - sample.BoundNs, sample.OffsetNs + sample.BoundNs);
            Assert.InRange(ClockTriples.Read().RawNs - sample.AtRawNs, 0, 60_000_000_000);
            Assert.InRange(sample.DelayNs, 1, 2 * sample.BoundNs);
        }
    }

    [Fact]
    public async Task An_agent_that_hangs_up_is_asked_again_over_a_new_channel()
    {
        await using var agent = new SimulatedAgent(Socket);
        using var reference = Open();
        Assert.NotNull((await reference.ReadAsync(Cancel)).Sample);
        agent.Manners = AgentManners.HangUpInAnswer;
        Assert.Equal(OffsetReading.None("the channel was closed"), await reference.ReadAsync(Cancel));
        agent.Manners = AgentManners.Good;
        Assert.NotNull((await reference.ReadAsync(Cancel)).Sample);
    }

    [Fact]
    public async Task A_guest_that_goes_away_is_waited_for_and_one_that_never_was_is_not()
    {
        using var reference = Open();
        var never = await reference.ReadAsync(Cancel);
        Assert.True(never.IsFinal);
        Assert.StartsWith($"there is no such guest: there is no {Socket}. Look at", never.Problem, StringComparison.Ordinal);
        await using (new SimulatedAgent(Socket))
            Assert.NotNull((await reference.ReadAsync(Cancel)).Sample);
        _ = await reference.ReadAsync(Cancel);
        var gone = await reference.ReadAsync(Cancel);
        Assert.Equal((null, false), (gone.Sample, gone.IsFinal));
    }

    [Fact]
    public void What_is_known_of_this_machines_own_clock_is_a_remark()
    {
        Assert.Equal("this host's own clock is synchronised (chronyd, stratum 3); its own error of up to 2.00 ms is no part of the bounds", Remark(HostSanity.Synchronized(2_000_000, "chronyd, stratum 3")));
        Assert.Equal("this host's own clock is not synchronised, and the guest is measured against it all the same: no source", Remark(HostSanity.NotSynchronized("no source")));
        Assert.Equal("it is not known whether this host's own clock is right: nobody says", Remark(HostSanity.Unknown("nobody says")));
    }

    private string Remark(HostSanity host)
    {
        using var reference = Open(host);
        return Assert.Single(reference.Pair.Remarks);
    }
}
