using Guestclock.Linux.Fixing.Calls;
using Guestclock.Linux.Fixing.Files;
using Guestclock.Linux.Fixing.Journals;
using Guestclock.Linux.Fixing.Programs;

namespace Guestclock.Linux.Fixing;

/// <summary>What applying and undoing work with.</summary>
/// <param name="Store">The journals, which are there and locked.</param>
internal sealed record Workshop(FixRoot Root, ChangeCalls Calls, JournalStore Store, IDomainDefinitions Definitions, Action<string>? Progress)
{
    public ValueFiles Values { get; } = new(Root, Calls);

    public RunningPrograms Programs { get; } = new(Root, Calls, Store);

    public DomainChanger Domains { get; } = new(Definitions, Calls);
}
