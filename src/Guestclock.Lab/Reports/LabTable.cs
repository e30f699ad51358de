using Guestclock.Lab.Results;

namespace Guestclock.Lab.Reports;

/// <summary>The columns of the lab's table, which text and Markdown share.</summary>
internal static class LabTable
{
    /// <summary>Heading, columns of a terminal (with the space before it), and what a cell shows.</summary>
    public static readonly IReadOnlyList<(string Heading, int Width, Func<CellResult, string> Text)> Columns =
    [
        ("< 100 ms", 9, c => LabWords.TimeTo(c.TimeTo100Ns, c.WatchedNs)),
        ("< 10 ms", 8, c => LabWords.TimeTo(c.TimeTo10Ns, c.WatchedNs)),
        ("< 1 ms", 8, c => LabWords.TimeTo(c.TimeTo1Ns, c.WatchedNs)),
        ("worst", 8, c => LabWords.Signed(c.WorstErrorNs)),
        ("residual", 9, c => LabWords.Signed(c.ResidualNs)),
        ("it claims", 14, c => LabWords.Pair(c.ClaimedResidualNs, c.ClaimedBoundNs) + (c.BrokenClaims > 0 ? "!" : "")),
        ("proof", 8, c => LabWords.Duration(c.ProofNs)),
    ];

    /// <summary>What the table means, one sentence each.</summary>
    public static IEnumerable<string> Legend(LabReport report)
    {
        yield return "Times count from the break (the guest runs on, opens its agent's channel, or the host was stepped) to the referee's first reading that is surely "
            + "below the limit and after which none is at or above it; > 20 s: never in the 20 s that were watched. Errors are guest − host: negative means behind.";
        if (report.Bound is { } bound)
            yield return $"The referee's own error: median ±{LabWords.Duration(bound.MedianNs)}, worst ±{LabWords.Duration(bound.WorstNs)}.";
        if (report.Cells.Any(c => c.Runs.Count > 1))
            yield return "Of several runs the middle one is shown; of an even number the worse of the two in the middle.";
        if (report.Cells.Any(c => c.BrokenClaims > 0))
            yield return "!: the referee saw another error than the method claims.";
    }

    /// <summary>What could not be had, one sentence each.</summary>
    public static IEnumerable<string> Gaps(LabReport report)
    {
        foreach (var cell in report.Cells)
        {
            foreach (var failure in cell.Failures)
                yield return $"{cell.Scenario} × {cell.Method}: {failure}";
        }

        foreach (var left in report.LeftOut)
            yield return $"{left.Scenario} × {left.Method} is left out: {left.Reason}";
        if (report.IsInterrupted)
            yield return "The lab was stopped before it was through.";
    }

    /// <summary>On what it ran: two half sentences.</summary>
    public static IReadOnlyList<string> Setting(LabReport report)
    {
        var s = report.Setting;
        return
        [
            $"guestclock {s.Version}, {s.TakenAt:yyyy-MM-dd}; clocks {LabWords.Whole(s.ErrorNs)} wrong",
            $"QEMU {s.Qemu} with {s.Accelerator.ToUpperInvariant()} ({s.AcceleratorReason}), guest's kernel {s.Kernel}",
        ];
    }
}
