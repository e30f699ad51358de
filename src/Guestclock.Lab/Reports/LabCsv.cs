using System.Globalization;
using Guestclock.Lab.Results;

namespace Guestclock.Lab.Reports;

/// <summary>The referee's samples of one run as they were taken: seconds since the break, guest − host and the bound in nanoseconds.</summary>
public static class LabCsv
{
    public const string Heading = "sinceBreakS,offsetNs,boundNs";

    public static void Write(RunResult run, TextWriter output)
    {
        output.WriteLine(Heading);
        foreach (var s in run.Samples)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{s.SinceBreakNs / 1e9:0.000000},{s.Error.OffsetNs},{s.Error.BoundNs}"));
    }

    /// <summary><c>pause.sync.1.csv</c>.</summary>
    public static string NameOf(RunResult run) => $"{run.Scenario}.{run.Method}.{run.Number}.csv";
}
