namespace Guestclock.Lab.Results;

/// <summary>Everything that one run of the lab came to.</summary>
public sealed record LabReport(LabSetting Setting, IReadOnlyList<CellResult> Cells, IReadOnlyList<LeftOut> LeftOut)
{
    /// <summary>Stopped by its user before it was through.</summary>
    public bool IsInterrupted { get; init; }

    public IEnumerable<string> Scenarios => Cells.Select(c => c.Scenario).Concat(LeftOut.Select(l => l.Scenario)).Distinct(StringComparer.Ordinal);

    public RefereeBound? Bound => SampleStatistics.Bound([.. Cells.SelectMany(c => c.Runs).Where(r => r.IsDone).SelectMany(r => r.Samples)]);
}

/// <summary>On what, with what and when the lab ran.</summary>
/// <param name="Accelerator"><c>kvm</c> or <c>tcg</c>.</param>
/// <param name="AcceleratorReason">Why that one, in half a sentence.</param>
/// <param name="Command">The command line that made it.</param>
public sealed record LabSetting(string Version, DateTimeOffset TakenAt, string Command, string Accelerator, string AcceleratorReason, string Kernel, string Qemu)
{
    /// <summary>How wrong clocks were made.</summary>
    public long ErrorNs { get; init; }

    /// <summary>The longest that a recovery was watched, and the longest for a time service inside the guest.</summary>
    public long ObserveNs { get; init; }

    public long PatienceNs { get; init; }
}

/// <summary>A method that makes no sense in a scenario.</summary>
public sealed record LeftOut(string Scenario, string Method, string Reason);
