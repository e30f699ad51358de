using System.Collections.Concurrent;
using Guestclock.Stability.Confidence;
using Guestclock.Stability.Family;

namespace Guestclock.Stability;

/// <summary>
/// The statistics of a phase series over averaging times, with the dominant noise and the confidence interval of each. Terms that need a missing point are
/// left out and <see cref="StabilityPoint.N"/> counts what is left; nothing is interpolated.
/// </summary>
public static class StabilityAnalysis
{
    /// <summary>A value that rests on fewer terms is left out.</summary>
    public const int FewestTerms = 2;

    private static readonly Dictionary<Statistic, IFormula> Formulas = new()
    {
        [Statistic.Adev] = new Adev(),
        [Statistic.Oadev] = new Oadev(),
        [Statistic.Mdev] = new Mdev(),
        [Statistic.Tdev] = new Tdev(),
        [Statistic.Hdev] = new Hdev(),
        [Statistic.Ohdev] = new Ohdev(),
        [Statistic.Totdev] = new Totdev(),
        [Statistic.Tierms] = new Tierms(),
    };

    /// <param name="factors">Averaging factors m, tau = m·tau0, in any order; those that are too long for a statistic are left out there.</param>
    /// <param name="confidence">Probability that the interval holds the true value, between 0 and 1.</param>
    /// <param name="workers">How many work at once; −1 for as many as there are processors.</param>
    /// <param name="cancellation">Ends the work soon; what was finished is returned.</param>
    public static StabilityTable Compute(
        PhaseSeries series, IReadOnlyList<Statistic> statistics, IReadOnlyList<long> factors, double confidence = 0.683, int workers = -1, CancellationToken cancellation = default)
    {
        if (!(confidence > 0 && confidence < 1))
            throw new ArgumentOutOfRangeException(nameof(confidence));
        if (!(series.Tau0S > 0 && double.IsFinite(series.Tau0S)))
            throw new ArgumentException("tau0 is positive", nameof(series));
        if (factors.Any(m => m < 1))
            throw new ArgumentOutOfRangeException(nameof(factors));
        var samples = new Samples(series);
        var wanted = statistics.Distinct().ToList();
        var ms = factors.Where(m => m < series.Count).Distinct().Order().Select(m => (int)m).ToList();
        var noises = new NoiseTable(samples);
        var results = wanted.ConvertAll(_ => new StabilityPoint?[ms.Count]);
        // MTIE first: its averaging times build upon each other, and so are one job, the longest.
        var jobs = wanted.Zip(results).OrderBy(w => w.First == Statistic.Mtie ? 0 : 1).SelectMany(w => Jobs(w.First, w.Second));
        var complete = true;
        try
        {
            Parallel.ForEach(Partitioner.Create(jobs, EnumerablePartitionerOptions.NoBuffering),
                new() { MaxDegreeOfParallelism = workers, CancellationToken = cancellation }, job => job());
        }
        catch (OperationCanceledException)
        {
            complete = false;
        }

        var points = results.SelectMany(r => r).OfType<StabilityPoint>().ToList();
        return new([.. points.Where(p => double.IsFinite(p.Value))], [.. StabilityRemarks.Of(samples, points)], complete);

        IEnumerable<Action> Jobs(Statistic statistic, StabilityPoint?[] row)
        {
            if (statistic == Statistic.Mtie)
                return [() => FillMtie(row)];
            var formula = Formulas[statistic];
            return Enumerable.Range(0, ms.Count).Select(i => new Action(() => row[i] = Point(statistic, formula, ms[i])));
        }

        void FillMtie(StabilityPoint?[] row)
        {
            var mtie = new Mtie(samples);
            for (var i = 0; i < row.Length; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                var (value, terms) = mtie.At(ms[i]);
                if (terms >= FewestTerms)
                    row[i] = new(Statistic.Mtie, ms[i] * series.Tau0S, terms, value, null, null, noises.At(ms[i], hadamard: false));
            }
        }

        StabilityPoint? Point(Statistic statistic, IFormula formula, int m)
        {
            var (value, terms) = formula.At(samples, m);
            if (terms < FewestTerms)
                return null;
            var noise = noises.At(m, statistic is Statistic.Hdev or Statistic.Ohdev);
            var interval = ConfidenceInterval.Of(value, formula.DegreesOfFreedom(samples, m, terms, noise), confidence);
            return new(statistic, m * series.Tau0S, terms, value, interval?.Low, interval?.High, noise);
        }
    }
}
