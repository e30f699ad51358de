using System.Diagnostics;
using System.Globalization;
using Guestclock.Bench;
using Guestclock.Testing;

// What the published watch costs with many guests that nothing happens to, and how it works off all of them at once.
// The guests are simulated on real sockets, in this process; the watch runs in its own.
if (args is ["stability", var shared, var points])
    return StabilityBench.Run(shared, int.Parse(points, CultureInfo.InvariantCulture));
if (args.Length == 0)
{
    Console.Error.WriteLine("usage: Guestclock.Bench PATH-OF-GUESTCLOCK [GUESTS [IDLE-SECONDS]]");
    return 64;
}

var binary = args[0];
var guests = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 200;
var idle = TimeSpan.FromSeconds(args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 60);

var folder = Directory.CreateTempSubdirectory("guestclock-bench-");
var fleet = new List<(SimulatedAgent Agent, SimulatedQmp Monitor)>();
try
{
    for (var i = 0; i < guests; i++)
    {
        var vm = folder.CreateSubdirectory($"vm{i:000}").FullName;
        // A real guest writes its RTC for about that long before it replies.
        var agent = new SimulatedAgent(vm + "/agent") { SetTakes = TimeSpan.FromSeconds(1) };
        fleet.Add((agent, new(vm + "/qmp", $"vm{i:000}", vm + "/agent")));
    }

    using var watch = Process.Start(new ProcessStartInfo(binary,
    [
        "watch", "--qmp", folder.FullName + "/*/qmp", "--host-unsynchronized", "warn", "--status-socket", "none",
    ])
    { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
    var lines = new List<string>();
    watch.OutputDataReceived += (_, e) =>
    {
        lock (lines)
            lines.Add(e.Data ?? "");
    };
    watch.BeginOutputReadLine();
    await Task.Delay(TimeSpan.FromSeconds(10));

    var (cpu, started) = (CpuOf(watch), Stopwatch.GetTimestamp());
    await Task.Delay(idle);
    var share = (CpuOf(watch) - cpu) / Stopwatch.GetElapsedTime(started).TotalSeconds;
    Console.WriteLine($"{guests} guests, nothing happens: {share:P2} of one core, {Memory(watch, "VmRSS")} MiB (peak {Memory(watch, "VmHWM")} MiB)");

    foreach (var (agent, monitor) in fleet)
    {
        await monitor.TellAsync("STOP");
        agent.Guest.OffsetNs = -20_000_000_000;
    }

    await Task.Delay(500);
    var stormed = Stopwatch.GetTimestamp();
    var right = new double?[guests];
    foreach (var (_, monitor) in fleet)
        await monitor.TellAsync("RESUME");
    while (right.Contains(null) && Stopwatch.GetElapsedTime(stormed).TotalSeconds < 120)
    {
        for (var i = 0; i < guests; i++)
        {
            if (right[i] is null && Math.Abs(fleet[i].Agent.OffsetNs) < 10_000_000)
                right[i] = Stopwatch.GetElapsedTime(stormed).TotalSeconds;
        }

        await Task.Delay(2);
    }

    int Proved()
    {
        lock (lines)
            return lines.Count(l => l.Contains("\"outcome\":\"recovered\"", StringComparison.Ordinal) && l.Contains("\"trigger\":\"resumed\"", StringComparison.Ordinal));
    }

    while (Proved() < guests && Stopwatch.GetElapsedTime(stormed).TotalSeconds < 120)
        await Task.Delay(50);
    var took = Stopwatch.GetElapsedTime(stormed).TotalSeconds;
    var sorted = right.Select(r => r ?? double.PositiveInfinity).Order().ToList();
    Console.WriteLine($"{guests} guests resume at once, 20 s behind: right within 10 ms after {sorted[guests / 2]:0.00} s (median), {sorted[guests * 99 / 100]:0.00} s (99 %), {sorted[^1]:0.00} s (last)");
    Console.WriteLine($"proved: {Proved()} of {guests} after {took:0.0} s; peak {Memory(watch, "VmHWM")} MiB");
    watch.Kill();
    await watch.WaitForExitAsync();
}
finally
{
    foreach (var (agent, monitor) in fleet)
    {
        await monitor.DisposeAsync();
        await agent.DisposeAsync();
    }

    folder.Delete(recursive: true);
}

return 0;

static double CpuOf(Process process)
{
    process.Refresh();
    return process.TotalProcessorTime.TotalSeconds;
}

static long Memory(Process process, string field) =>
    long.Parse(File.ReadLines($"/proc/{process.Id}/status").First(l => l.StartsWith(field, StringComparison.Ordinal)).Split(':')[1].Replace("kB", "", StringComparison.Ordinal).Trim(),
        CultureInfo.InvariantCulture) / 1024;
