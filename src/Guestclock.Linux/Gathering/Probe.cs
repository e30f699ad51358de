using Guestclock.Facts;
using Guestclock.Machines;

namespace Guestclock.Linux.Gathering;

/// <summary>One probe: reads its section of a machine, and gives what puts that section into the facts.</summary>
/// <param name="Name">The section's name as in the JSON of <c>facts</c>, for example <c>kernelLog</c>.</param>
public sealed record Probe(string Name, Func<IMachine, Func<MachineFacts, MachineFacts>> Gather);
