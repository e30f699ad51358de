namespace Guestclock.Linux.Kvm;

/// <summary>How long the guests of a few instructions may take. The defaults make a probe of about two seconds.</summary>
public sealed record KvmProbeOptions
{
    public static readonly TimeSpan UsualLimit = TimeSpan.FromSeconds(8);

    /// <summary>How many vCPUs take part at most, each on a CPU of its own.</summary>
    public int MostCpus { get; init; } = 4;

    /// <summary>For how long vCPUs compare their clocks.</summary>
    public TimeSpan WarpSpan { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Over how long rates are measured, at least; the other experiments run meanwhile.</summary>
    public TimeSpan RateSpan { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a guest is stopped, and how long a saved one is down.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a hypercall may take before it is interrupted.</summary>
    public TimeSpan HypercallLimit { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>How long anything else that a vCPU is asked for may take.</summary>
    public TimeSpan RunLimit { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What is not begun by then is left out.</summary>
    public TimeSpan TotalLimit { get; init; } = UsualLimit;

    /// <summary>For a host that may take so long: one that is slow needs more for each thing too.</summary>
    public static KvmProbeOptions Within(TimeSpan limit) => new() { TotalLimit = limit, RunLimit = limit / 8 };
}
