namespace Guestclock.Linux.Kvm;

/// <summary>Which CPUs of the host the vCPUs are put on.</summary>
internal static class HostCpus
{
    /// <summary>The first, the last and what lies evenly between, so that several sockets take part.</summary>
    public static IReadOnlyList<int> Choose(IReadOnlyList<int> allowed, int most) => allowed.Count <= most || most < 2
        ? [.. allowed.Take(Math.Max(most, 1))]
        : [.. Enumerable.Range(0, most).Select(i => allowed[i * (allowed.Count - 1) / (most - 1)])];
}
