using System.Globalization;
using Guestclock.Lab.Hosts;
using Guestclock.Testing;

namespace Guestclock.EndToEnd.Recovery;

/// <summary>A daemon runs for months: what it holds does not grow with what happens.</summary>
public sealed class WatchLeakTests(ITestOutputHelper output)
{
    private const int Cycles = 300;

    [Fact]
    public async Task Many_pauses_and_restarts_leave_neither_descriptors_nor_memory_behind()
    {
        await using var folder = WorkFolder.Create("gcl-");
        await using var agent = new SimulatedAgent(Path.Combine(folder.Path, "agent")) { SetTakes = TimeSpan.FromMilliseconds(1) };
        var monitor = Monitor();
        await using var watch = WatchProcess.Start("--qmp", Path.Combine(folder.Path, "qmp"), "--measure-every", "1s");
        await watch.RightAsync("found");
        var id = await watch.IdAsync();
        await CycleAsync(50);
        var (descriptors, kibibytes) = Held(id);
        await CycleAsync(Cycles);
        var (descriptorsThen, kibibytesThen) = Held(id);
        output.WriteLine($"{descriptors} descriptors and {kibibytes} KiB after 50 cycles, {descriptorsThen} and {kibibytesThen} KiB after {Cycles} more");
        Assert.InRange(descriptorsThen, 0, descriptors + 5);
        Assert.InRange(kibibytesThen, 0, kibibytes + 40_000);
        await monitor.DisposeAsync();

        SimulatedQmp Monitor() => new(Path.Combine(folder.Path, "qmp"), "simulated", agent.Path);

        async Task CycleAsync(int cycles)
        {
            for (var i = 0; i < cycles; i++)
            {
                if (i % 50 == 49)
                {
                    await monitor.DisposeAsync();
                    await watch.EventAsync("gone");
                    File.Delete(Path.Combine(folder.Path, "qmp"));
                    monitor = Monitor();
                    await watch.RightAsync("found");
                }

                await monitor.TellAsync("STOP");
                agent.Guest.OffsetNs = -2_000_000_000;
                await monitor.TellAsync("RESUME");
                await watch.RecoveryAsync("recovered", "resumed");
            }
        }
    }

    private static (int Descriptors, long Kibibytes) Held(int id)
    {
        var resident = File.ReadLines($"/proc/{id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return (Directory.GetFiles($"/proc/{id}/fd").Length, long.Parse(resident.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture));
    }
}
