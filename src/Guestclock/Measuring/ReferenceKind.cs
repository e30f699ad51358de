namespace Guestclock.Measuring;

/// <summary>What a clock can be measured against.</summary>
public enum ReferenceKind
{
    /// <summary>A PTP hardware clock.</summary>
    Phc,

    Rtc,

    Ntp,

    /// <summary>What chronyd says of the system clock.</summary>
    Chrony,

    /// <summary>A guest of this host, by its agent through libvirt; the guest's clock is what is measured.</summary>
    Guest,

    /// <summary>A guest by the socket of its agent.</summary>
    Agent,
}
