using Guestclock.Discipline;
using Guestclock.Lab;
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
        var scenario = ScenarioCatalogue.All.Single(s => s.Name == name);
        var error = TimeSpan.FromSeconds(6);
        await using var run = LabRun.Create(error, GuestTimeService.None, Accelerator.Emulation);
        try
        {
            await scenario.PrepareAsync(run, CancellationToken.None);
            var brokenNs = await scenario.BreakAsync(run, CancellationToken.None);
            var agoNs = run.HostClock.MonotonicNs - brokenNs;
            Assert.InRange(agoNs, 0, 5_000_000_000);
        }
        catch (LabException e)
        {
            Assert.Skip(e.Message);
        }

        foreach (var socket in (string[])[run.Guest.RefereeSocket, run.Guest.AgentSocket])
        {
            await using var agent = await AgentSocket.ConnectAsync(socket, run.HostClock, Limit, CancellationToken.None);
            await agent.SynchronizeAsync(Limit, CancellationToken.None);
            var seen = (await agent.ReadTimeAsync(Limit, CancellationToken.None)).Offset;
            TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {seen.OffsetNs / 1e9:0.000} s, bound {seen.BoundNs / 1e6:0.000} ms");
            Assert.InRange(-seen.OffsetNs, (long)(error - Margin).TotalNanoseconds, (long)(error + Margin).TotalNanoseconds);
        }
    }
}
