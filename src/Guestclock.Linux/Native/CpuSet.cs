namespace Guestclock.Linux.Native;

/// <summary>The CPUs on which this process may run (a container's or a taskset's may be few), and the way to stay on one.</summary>
internal static unsafe class CpuSet
{
    /// <summary>8192 CPUs, the most that x86-64 kernels are built for.</summary>
    private const int Words = 128;

    /// <summary>In ascending order; empty where the kernel does not tell.</summary>
    public static IReadOnlyList<int> Allowed()
    {
        var mask = stackalloc ulong[Words];
        new Span<ulong>(mask, Words).Clear();
        if (LibC.GetAffinity(0, Words * sizeof(ulong), mask) < 0)
            return [];
        var cpus = new List<int>();
        for (var cpu = 0; cpu < Words * 64; cpu++)
        {
            if ((mask[cpu >> 6] & (1UL << (cpu & 63))) != 0)
                cpus.Add(cpu);
        }

        return cpus;
    }

    /// <summary>Keeps the calling thread on one CPU; false where it may not run there, or the CPU is off.</summary>
    public static bool Pin(int cpu)
    {
        var mask = stackalloc ulong[Words];
        new Span<ulong>(mask, Words).Clear();
        mask[cpu >> 6] = 1UL << (cpu & 63);
        return LibC.SetAffinity(0, Words * sizeof(ulong), mask) == 0;
    }
}
