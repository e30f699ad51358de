using Guestclock.Facts;

namespace Guestclock.Checks;

/// <summary>One judgement of a machine: facts and a policy in, a finding out. Pure; one file, one table test, one page, one catalogue line.</summary>
public abstract class Check
{
    /// <summary>Frozen: it stands in reports, policies and pages.</summary>
    public abstract string Id { get; }

    /// <summary>What holds when the check passes, as a short sentence without a full stop.</summary>
    public abstract string Title { get; }

    public abstract CheckGroup Group { get; }

    /// <summary>An essential check that cannot be judged on a running machine makes the verdict unknown.</summary>
    public virtual bool IsEssential => false;

    /// <summary>Where the check stands in the chain from the true time to the guest's clock.</summary>
    public virtual ChainLink Link(MachineFacts facts) => Chain.LinkOf(Group, facts);

    public abstract Finding Judge(MachineFacts facts, Policy policy);
}
