using System.Diagnostics;
using Guestclock.Testing;

namespace Guestclock.EndToEnd;

/// <summary>The daemon as a process: what systemd and a user do to it.</summary>
public sealed class WatchBinaryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("guestclock-watch-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("TERM", AgentManners.Good)]
    [InlineData("INT", AgentManners.Silent)]
    [InlineData("TERM", AgentManners.Chatter)]
    public async Task A_signal_ends_it_in_good_order(string signal, AgentManners manners)
    {
        var vm = Directory.CreateDirectory(Path.Combine(_folder, "vm")).FullName;
        await using var agent = new SimulatedAgent(vm + "/agent", manners) { OffsetNs = -20_000_000_000 };
        await using var monitor = new SimulatedQmp(vm + "/qmp", "vm", vm + "/agent");
        var socket = Path.Combine(_folder, "watch.sock");
        using var watch = Process.Start(new ProcessStartInfo(
            Binary.Path, ["watch", "--qmp", $"{_folder}/*/qmp", "--host-unsynchronized", "warn", "--status-socket", socket])
        { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = watch.StandardOutput.ReadToEndAsync();
        try
        {
            for (var tries = 0; tries < 100 && !File.Exists(socket); tries++)
                await Task.Delay(50);
            await Task.Delay(1000);
            (await Binary.RunAsync(["watch", "status", "--socket", socket])).Ends(0, 1, 2);
            using var kill = Process.Start("kill", [$"-{signal}", $"{watch.Id}"]);
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(12));
            await watch.WaitForExitAsync(limit.Token);
            Assert.Equal(0, watch.ExitCode);
            Assert.Contains("\"kind\":\"stopped\"", (await output).TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
            Assert.False(File.Exists(socket));
        }
        finally
        {
            if (!watch.HasExited)
                watch.Kill();
        }
    }
}
