using Guestclock.Facts;

namespace Guestclock.Checks.Phc;

/// <summary>The PHC reference clocks of chrony's configuration: <c>refclock PHC /dev/ptp_kvm:nocrossts poll 2 …</c>.</summary>
internal static class Refclocks
{
    public static IReadOnlyList<ConfigDirective> Of(MachineFacts facts) =>
        facts.Services.ChronyConf.TryGet(out var conf) ? [.. conf.All("refclock").Where(IsPhc)] : [];

    /// <summary>The device without the driver's options.</summary>
    public static string Device(ConfigDirective refclock)
    {
        var word = refclock.Words[1];
        var at = word.IndexOf(':', StringComparison.Ordinal);
        return at < 0 ? word : word[..at];
    }

    /// <summary>
    /// The name under which chronyd lists the source: its refid, else the driver and the number among all reference clocks.
    /// </summary>
    public static string Name(MachineFacts facts, ConfigDirective refclock)
    {
        if (refclock.Option("refid") is { } refid)
            return refid;
        var number = 0;
        foreach (var other in facts.Services.ChronyConf.Value!.All("refclock"))
        {
            if (ReferenceEquals(other, refclock))
                break;
            number++;
        }

        return $"PHC{number}";
    }

    /// <summary>The refclock reads this clock: by its stable name, or by a device that has its name now.</summary>
    public static bool Means(MachineFacts facts, ConfigDirective refclock, HostClock clock)
    {
        var device = Device(refclock);
        return device == clock.StableName || HostClock.Find(facts, device)?.ClockName == clock.ClockName;
    }

    private static bool IsPhc(ConfigDirective refclock) =>
        refclock.Words.Count >= 2 && string.Equals(refclock.Words[0], "PHC", StringComparison.OrdinalIgnoreCase);
}
