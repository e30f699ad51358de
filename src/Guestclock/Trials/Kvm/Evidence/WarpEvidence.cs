namespace Guestclock.Trials.Kvm.Evidence;

/// <summary>One clock read by several vCPUs in turn, each pinned to a CPU of its own: does it ever go back?</summary>
/// <param name="Cpus">The host CPUs that took part.</param>
/// <param name="Reads">How many readings were compared.</param>
/// <param name="WorstTscStep">The most that the TSC went back from one reading to the next, over all vCPUs, in cycles; 0 where it never did.</param>
/// <param name="WorstClockStepNs">The same for kvm-clock as each vCPU computes it from its own structure, in nanoseconds.</param>
/// <param name="BackwardSteps">How many readings were before the one before them.</param>
/// <param name="CrossReads">How many readings followed one of another vCPU; the test says nothing where this is small.</param>
public sealed record WarpEvidence(IReadOnlyList<int> Cpus, long Reads, long WorstTscStep, long WorstClockStepNs, long BackwardSteps, long CrossReads);
