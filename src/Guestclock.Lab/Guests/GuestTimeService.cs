namespace Guestclock.Lab.Guests;

/// <summary>What keeps the guest's clock from inside.</summary>
public enum GuestTimeService
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>chrony as Debian ships it: <c>makestep 1 3</c>, polls of 64 to 1024 s.</summary>
    ChronyStock,

    /// <summary>chrony that steps whenever the error is above 1 s (<c>makestep 1 -1</c>) and asks every 1 to 4 s.</summary>
    ChronyMakestep,
}
