namespace Guestclock.Linux.Tests.Agents;

/// <summary>Tests whose subject is milliseconds: they run when the others, which keep every processor busy, have ended.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Timed
{
    public const string Name = "timed";
}
