using Guestclock.Linux.Fixing.Calls;
using Guestclock.Linux.Fixing.Programs;

namespace Guestclock.Linux.Fixing;

/// <summary>What tests do otherwise.</summary>
internal sealed record FixEngineOptions
{
    /// <summary>The directory counts as the running machine.</summary>
    public bool IsLive { get; init; }

    public ChangeCalls Calls { get; init; } = new();

    public IDomainDefinitions Definitions { get; init; } = new DomainDefinitions();
}
