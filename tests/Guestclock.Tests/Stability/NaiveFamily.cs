using Guestclock.Stability;

namespace Guestclock.Tests.Stability;

/// <summary>The formulas of NIST SP 1065 written down as they stand, term by term, without any thought of speed.</summary>
internal static class NaiveFamily
{
    public static (double Value, long Terms) At(Statistic statistic, double[] x, double tau0, int m)
    {
        var tau = m * tau0;
        switch (statistic)
        {
            case Statistic.Adev:
                return Root(Every(x.Length, m).Select(i => Second(x, i, m)), 2, tau);
            case Statistic.Oadev:
                return Root(Every(x.Length, 1).Select(i => Second(x, i, m)), 2, tau);
            case Statistic.Hdev:
                return Root(Every(x.Length, m).Select(i => Third(x, i, m)), 6, tau);
            case Statistic.Ohdev:
                return Root(Every(x.Length, 1).Select(i => Third(x, i, m)), 6, tau);
            case Statistic.Mdev:
                return Root(Every(x.Length, 1).Select(j => Enumerable.Range(j, m).Sum(i => Second(x, i, m))), 2, tau * m);
            case Statistic.Tdev:
                var (mdev, terms) = At(Statistic.Mdev, x, tau0, m);
                return (tau * mdev / Math.Sqrt(3), terms);
            case Statistic.Tierms:
                return Root(Every(x.Length, 1).Select(i => At(x, i + m) - x[i]), 1, 1);
            case Statistic.Mtie:
                var ranges = Every(x.Length, 1).Where(i => i + m < x.Length).Select(i => x[i..(i + m + 1)]).Select(w => w.Where(v => !double.IsNaN(v)).ToList()).Where(w => w.Count > 1).Select(w => w.Max() - w.Min()).ToList();
                return (ranges.DefaultIfEmpty(0).Max(), ranges.Count);
            default:
                return Total(Longest(x), tau, m);
        }
    }

    private static (double, long) Total(double[] x, double tau, int m)
    {
        var last = x.Length - 1;
        double Reflected(int i) => i < 0 ? (2 * x[0]) - x[-i] : i > last ? (2 * x[last]) - x[(2 * last) - i] : x[i];
        return m > last / 2 ? (0, 0) : Root(Enumerable.Range(1, last - 1).Select(i => Reflected(i - m) - (2 * x[i]) + Reflected(i + m)), 2, tau);
    }

    private static double[] Longest(double[] x)
    {
        var (best, run) = (new List<double>(), new List<double>());
        foreach (var value in x.Append(double.NaN))
        {
            if (!double.IsNaN(value))
            {
                run.Add(value);
                continue;
            }

            if (run.Count > best.Count)
                best = run;
            run = [];
        }

        return [.. best];
    }

    private static IEnumerable<int> Every(int count, int step) => Enumerable.Range(0, (count + step - 1) / step).Select(i => i * step);

    /// <summary>Past the end nothing is there either.</summary>
    private static double At(double[] x, int i) => i < x.Length ? x[i] : double.NaN;

    private static double Second(double[] x, int i, int m) => At(x, i + (2 * m)) - (2 * At(x, i + m)) + At(x, i);

    private static double Third(double[] x, int i, int m) => At(x, i + (3 * m)) - (3 * At(x, i + (2 * m))) + (3 * At(x, i + m)) - At(x, i);

    private static (double, long) Root(IEnumerable<double> terms, double divisor, double tau)
    {
        var there = terms.Where(t => !double.IsNaN(t)).ToList();
        return (Math.Sqrt(there.Sum(t => t * t) / (divisor * there.Count)) / tau, there.Count);
    }
}
