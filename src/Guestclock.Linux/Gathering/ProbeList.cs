namespace Guestclock.Linux.Gathering;

/// <summary>All probes of the program, one line each; the slow ones first, so that they run beside the others.</summary>
public static class ProbeList
{
    public static IReadOnlyList<Probe> All { get; } = [];
}
