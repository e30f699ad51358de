namespace Guestclock.Linux.Qmp;

/// <summary>What kind of trouble there was with a QMP socket; each calls for another next step.</summary>
public enum QmpProblem
{
    /// <summary>There is no such path.</summary>
    Missing,

    /// <summary>Nobody listens there: QEMU has ended, or is not up yet.</summary>
    Refused,

    /// <summary>This user may not connect.</summary>
    Denied,

    /// <summary>No greeting came: another client holds the monitor, which serves one at a time, or it is no monitor at all.</summary>
    Silent,

    /// <summary>What answers speaks something else than QMP.</summary>
    Foreign,

    /// <summary>The other end hung up: QEMU has ended.</summary>
    HungUp,

    /// <summary>QEMU gave no answer within the limit.</summary>
    TimedOut,

    /// <summary>QEMU refused the command; <see cref="QmpException.Class"/> and <see cref="QmpException.Description"/> are its words.</summary>
    CommandFailed,

    /// <summary>Events came faster than they were read.</summary>
    Overrun,
}
