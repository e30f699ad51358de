using System.Text.Json.Serialization;
using Guestclock.Facts;
using Guestclock.Json;

namespace Guestclock.Checks;

/// <summary>The heading under which a check is listed. The names are frozen.</summary>
[JsonConverter(typeof(KebabEnumConverter<CheckGroup>))]
public enum CheckGroup
{
    Tsc,
    ClockSource,
    Boot,
    TimeService,
    Phc,
    Agent,
    Kvm,
    Domain,
    Xen,
    Windows,
}

/// <summary>The links between the true time and a guest's clock, in their order. The names are frozen.</summary>
[JsonConverter(typeof(KebabEnumConverter<ChainLink>))]
public enum ChainLink
{
    HostTsc,
    HostClockSource,
    HostTimeService,
    KvmClock,
    VmDefinition,
    GuestClockSource,
    GuestPhc,
    GuestTimeService,
    GuestAgent,
}

/// <summary>Which link a group belongs to; it depends on whether the machine is a guest.</summary>
public static class Chain
{
    public static ChainLink LinkOf(CheckGroup group, MachineFacts facts) => group switch
    {
        CheckGroup.Tsc => facts.IsGuest ? ChainLink.GuestClockSource : ChainLink.HostTsc,
        CheckGroup.ClockSource or CheckGroup.Boot => facts.IsGuest ? ChainLink.GuestClockSource : ChainLink.HostClockSource,
        CheckGroup.TimeService => facts.IsGuest ? ChainLink.GuestTimeService : ChainLink.HostTimeService,
        CheckGroup.Phc => ChainLink.GuestPhc,
        CheckGroup.Agent => ChainLink.GuestAgent,
        CheckGroup.Kvm => ChainLink.KvmClock,
        CheckGroup.Domain or CheckGroup.Xen => ChainLink.VmDefinition,
        _ => ChainLink.GuestClockSource,
    };
}
