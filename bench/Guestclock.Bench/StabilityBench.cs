using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Guestclock.Stability;

namespace Guestclock.Bench;

/// <summary>Times the Allan family, and leaves the data and the values for the peer.</summary>
internal static class StabilityBench
{
    private static readonly long[] Factors = [1, 10, 100, 1000, 10_000, 100_000];

    public static int Run(string folder, int points)
    {
        var series = new PhaseSeries(Noise(points), 1);
        File.WriteAllBytes(folder + "/phase", MemoryMarshal.AsBytes(series.PhaseS.AsSpan()).ToArray());
        using var values = new StreamWriter(folder + "/ours.csv");
        values.WriteLine("statistic,m,value,seconds");
        // Once over a part of the data, so that what is timed is compiled.
        StabilityAnalysis.Compute(new(series.PhaseS[..(points / 10)], 1), Enum.GetValues<Statistic>(), Factors);
        foreach (var statistic in Enum.GetValues<Statistic>())
        {
            // The peer's MTIE looks at every point of every window.
            var factors = Factors.Where(m => m <= (statistic == Statistic.Mtie ? 1000 : points / 10)).ToArray();
            var (table, _, seconds) = Time(series, [statistic], factors, workers: 1);
            foreach (var point in table.Points)
                values.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{point.Statistic.ToString().ToLowerInvariant()},{point.TauS},{point.Value:R},{seconds:0.0000}"));
        }

        var octaves = AveragingFactors.Octave(points);
        Console.WriteLine($"{points} points, noise and confidence intervals included");
        foreach (var workers in new[] { 1, -1 })
        {
            var all = Time(series, Enum.GetValues<Statistic>(), octaves, workers);
            Console.WriteLine($"all nine statistics at {octaves.Count} octaves, {all.Table.Points.Count} values: {all.Seconds:0.00} s on {(workers == 1 ? 1 : Environment.ProcessorCount)} threads");
        }

        foreach (var count in new[] { points / 2, points })
        {
            var part = new PhaseSeries(series.PhaseS[..count], 1);
            Console.WriteLine($"MTIE of {count} points at m = {count / 10}: {Time(part, [Statistic.Mtie], [count / 10], 1).ProcessorSeconds:0.000} s");
        }

        return 0;
    }

    /// <summary>The best of three runs, by the clock and by the processor.</summary>
    private static (StabilityTable Table, double Seconds, double ProcessorSeconds) Time(PhaseSeries series, Statistic[] statistics, IReadOnlyList<long> factors, int workers)
    {
        StabilityTable? table = null;
        var (seconds, processor) = (double.MaxValue, double.MaxValue);
        for (var run = 0; run < 3; run++)
        {
            var (started, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            table = StabilityAnalysis.Compute(series, statistics, factors, workers: workers);
            seconds = Math.Min(seconds, Stopwatch.GetElapsedTime(started).TotalSeconds);
            processor = Math.Min(processor, (Environment.CpuUsage.TotalTime - used).TotalSeconds);
        }

        return (table!, seconds, processor);
    }

    /// <summary>White noise of phase, of frequency and random walk of frequency, as clocks have them.</summary>
    private static double[] Noise(int points)
    {
        var random = new Random(5);
        var phase = new double[points];
        double time = 0, frequency = 0;
        for (var i = 0; i < points; i++)
        {
            frequency += Normal() * 1e-14;
            time += frequency + (Normal() * 1e-10);
            phase[i] = time + (Normal() * 1e-9);
        }

        return phase;

        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}
