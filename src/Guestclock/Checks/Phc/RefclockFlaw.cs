using Guestclock.Facts;

namespace Guestclock.Checks.Phc;

/// <summary>What is wrong with one refclock line, as the repair changes it.</summary>
/// <param name="Device">The device that it should name; null: the one that it names.</param>
/// <param name="Tai">Whether it should say <c>tai</c>; null: as it does.</param>
internal sealed record RefclockFlaw(string? Device, bool? Tai)
{
    /// <summary>Null where the line is right, or where nothing is known that would be.</summary>
    public static RefclockFlaw? Of(MachineFacts facts, ConfigDirective refclock)
    {
        var device = Refclocks.Device(refclock);
        if (!device.StartsWith('/'))
            return null;
        var usual = HostClock.Of(facts);
        if (!facts.Devices.PtpClocks.IsKnown)
            return HostClock.IsNumber(device) && usual?.StableName is { } name ? new(name, null) : null;
        var clock = HostClock.Find(facts, device);
        if (clock is null || (!HostClock.Is(clock) && HostClock.IsNumber(device)))
            return HostClock.All(facts) is [var right, ..] ? new(HostClock.NameOf(facts, right), null) : null;
        if (!HostClock.Is(clock))
            return null;
        var tai = refclock.Has("tai");
        bool? wanted = !tai && TimeScale.LooksLikeTai(facts, clock) ? true : tai && TimeScale.IsAheadByTai(facts, clock) ? false : null;
        var stable = HostClock.IsNumber(device) && HostClock.NameOf(facts, clock) is var better && better != device ? better : null;
        return stable is null && wanted is null ? null : new(stable, wanted);
    }
}
