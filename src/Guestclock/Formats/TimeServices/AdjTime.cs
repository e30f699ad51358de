namespace Guestclock.Formats.TimeServices;

/// <summary>/etc/adjtime, adjtime_config(5): three lines, the third says whether the RTC holds <c>UTC</c> or <c>LOCAL</c> time.</summary>
public static class AdjTime
{
    /// <summary>The time scale; UTC where the third line is missing or empty, as hwclock(8) takes it.</summary>
    public static string TimeScale(string text)
    {
        var lines = text.Split('\n', 4);
        var scale = lines.Length > 2 ? lines[2].Trim() : "";
        return scale switch
        {
            "" or "UTC" => "UTC",
            "LOCAL" => "LOCAL",
            _ => throw new MalformedInputException("line 3", "UTC or LOCAL", $"'{(scale.Length > 40 ? scale[..40] : scale)}'"),
        };
    }
}
