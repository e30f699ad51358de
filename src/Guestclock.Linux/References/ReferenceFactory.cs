using Guestclock.Measuring;

namespace Guestclock.Linux.References;

/// <summary>Opens references of this machine's system clock.</summary>
public static class ReferenceFactory
{
    /// <summary>Opens what the name says; throws <see cref="ReferenceException"/> where it cannot be used. Guests and agents are opened elsewhere.</summary>
    public static IReference Open(ReferenceName name) => name.Kind switch
    {
        ReferenceKind.Chrony => new ChronyReference(),
        _ => throw new ReferenceException($"{name} cannot be measured against yet"),
    };

    /// <summary>
    /// What is best where nothing is named: the hypervisor's PHC, else a chronyd that is synchronised, else the first NTP server that a time
    /// service's configuration names.
    /// </summary>
    public static IReference OpenDefault() => Open(new(ReferenceKind.Chrony, ""));
}
