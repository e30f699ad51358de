using Guestclock.Discipline;
using Guestclock.EndToEnd.Guests;
using Guestclock.Lab.Guests;
using Guestclock.Lab.Scenarios;
using Guestclock.Linux.Agents;

namespace Guestclock.EndToEnd.Lab;

/// <summary>Each scenario makes a real guest's clock wrong by what it was told, as its second agent sees it.</summary>
public sealed class LabScenarioTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1.5);

    public static TheoryData<string> Scenarios => [.. ScenarioCatalogue.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task A_guest_falls_behind_by_what_was_asked(string name)
    {
        var error = TimeSpan.FromSeconds(6);
        await using var run = LabRun.Create(error, GuestTimeService.None, Accelerator.Emulation);
        var brokenNs = await BreakAsync(run, name);
        Assert.InRange(run.HostClock.MonotonicNs - brokenNs, 0, 5_000_000_000);
        foreach (var socket in (string[])[run.Guest.RefereeSocket, run.Guest.AgentSocket])
        {
            var seen = await SeeAsync(run, socket);
            Assert.InRange(-seen.OffsetNs, (long)(error - Margin).TotalNanoseconds, (long)(error + Margin).TotalNanoseconds);
        }
    }

    [Fact]
    public async Task Chrony_that_may_step_follows_a_host_that_was_stepped()
    {
        await using var run = LabRun.Create(TimeSpan.FromHours(1), GuestTimeService.ChronyMakestep, Accelerator.Emulation);
        var brokenNs = await BreakAsync(run, "host-step");
        ClockOffset seen;
        do
            seen = await SeeAsync(run, run.Guest.RefereeSocket);
        while (Math.Abs(seen.OffsetNs) > 50_000_000 && run.HostClock.MonotonicNs - brokenNs < 60_000_000_000);
        Assert.InRange(seen.OffsetNs, -50_000_000, 50_000_000);
    }

    private static async Task<long> BreakAsync(LabRun run, string name)
    {
        var scenario = ScenarioCatalogue.All.Single(s => s.Name == name);
        return await SharedGuests.SkipUnlessAvailableAsync(PrepareAndBreakAsync(run, scenario));
    }

    private static async Task<long> PrepareAndBreakAsync(LabRun run, ILabScenario scenario)
    {
        await scenario.PrepareAsync(run, CancellationToken.None);
        return await scenario.BreakAsync(run, CancellationToken.None);
    }

    private static async Task<ClockOffset> SeeAsync(LabRun run, string socket)
    {
        await using var agent = await AgentSocket.ConnectAsync(socket, run.HostClock, Limit, CancellationToken.None);
        await agent.SynchronizeAsync(Limit, CancellationToken.None);
        return (await agent.ReadTimeAsync(Limit, CancellationToken.None)).Offset;
    }
}
