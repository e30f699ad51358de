namespace Guestclock.Trials.Clocks.Evidence;

/// <summary>Gaps that readers saw which did nothing but read, one on each CPU at the same time.</summary>
/// <param name="SpanNs">How long each of them read.</param>
/// <param name="LongestGapNs">The longest gap between two readings, whatever made it.</param>
/// <param name="LongestStallNs">The longest gap without the time for which other programs of this machine had the CPU: interrupts, firmware and the hypervisor remain.</param>
/// <param name="Over10Us">Stalls of more than 10 µs.</param>
/// <param name="Over1Ms">Stalls of more than 1 ms.</param>
/// <param name="LostNs">All stalls over 10 µs together.</param>
/// <param name="QueuedNs">For how long other programs had the CPUs; null where the kernel does not tell, and a gap in which another thread ran is then no stall.</param>
public sealed record StallReading(
    long SpanNs, int Cpus, long LongestGapNs, long LongestStallNs, long Over10Us, long Over1Ms, long LostNs, long? QueuedNs);

/// <summary>What the hypervisor took meanwhile, as the kernel counts it (proc_stat(5)), of the time of all CPUs.</summary>
/// <param name="BoundPercent">Steal is counted in ticks of 10 ms.</param>
public sealed record StealReading(double Percent, double BoundPercent);
