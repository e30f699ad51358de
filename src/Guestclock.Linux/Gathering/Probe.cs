using Guestclock.Facts;
using Guestclock.Machines;

namespace Guestclock.Linux.Gathering;

/// <summary>One probe: reads its section of a machine, and gives what puts that section into the facts.</summary>
/// <param name="Name">The section's name as in the JSON of <c>facts</c>, for example <c>kernelLog</c>.</param>
public sealed record Probe(string Name, Func<IMachine, Func<MachineFacts, MachineFacts>> Gather)
{
    /// <summary>The probe that gathers a section by <paramref name="gather"/> and puts it in its place by <paramref name="put"/>.</summary>
    public static Probe Of<T>(string name, Func<IMachine, T> gather, Func<MachineFacts, T, MachineFacts> put) => new(name, machine =>
    {
        var section = gather(machine);
        return facts => put(facts, section);
    });
}
