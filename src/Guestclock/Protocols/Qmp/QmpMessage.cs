using System.Text.Json;

namespace Guestclock.Protocols.Qmp;

/// <summary>One line from QEMU: <see cref="QmpGreeting"/>, <see cref="QmpReply"/>, <see cref="QmpFailure"/> or <see cref="QmpEvent"/>.</summary>
public abstract record QmpMessage;

/// <summary>What QEMU says to whoever connects, before anything is asked.</summary>
/// <param name="Package">What the distribution calls it; may be empty.</param>
public sealed record QmpGreeting(int Major, int Minor, int Micro, string Package) : QmpMessage
{
    public override string ToString() => $"QEMU {Major}.{Minor}.{Micro}";
}

/// <summary>A command's answer.</summary>
/// <param name="Id">Of the command; null when there is none or it is none of ours.</param>
public sealed record QmpReply(long? Id, JsonElement Return) : QmpMessage;

/// <summary>A command was refused.</summary>
/// <param name="Id">Of the command; null where QEMU could not read it.</param>
/// <param name="Class">GenericError, CommandNotFound, DeviceNotActive, DeviceNotFound, KVMMissingCap or a later one.</param>
/// <param name="Description">For people.</param>
public sealed record QmpFailure(long? Id, string Class, string Description) : QmpMessage;

/// <summary>Something happened, asked or not: a STOP comes before the answer to the <c>stop</c> that caused it.</summary>
/// <param name="Data">Its members; of kind Undefined when it has none.</param>
/// <param name="TimestampUs">QEMU's realtime clock, microseconds since 1970; null when QEMU could not read it (-1) or says nothing usable.</param>
/// <param name="MonotonicNs">CLOCK_MONOTONIC of the host when the line was here.</param>
public sealed record QmpEvent(string Name, JsonElement Data, long? TimestampUs, long MonotonicNs) : QmpMessage
{
    /// <summary>
    /// Whether a missed one would leave us with a wrong idea of the guest. These are never dropped; of others, which may be many
    /// (RTC_CHANGE, MIGRATION_PASS, blocks, jobs), the later ones are dropped when nobody reads.
    /// </summary>
    public bool IsVital => Name is "STOP" or "RESUME" or "RESET" or "SHUTDOWN" or "SUSPEND" or "WAKEUP" or "MIGRATION" or "VSERPORT_CHANGE";
}
