namespace Guestclock.Lab.Sessions;

/// <summary>What a user of the lab can choose besides scenarios and methods.</summary>
public sealed record LabOptions
{
    /// <summary>How wrong clocks are made.</summary>
    public TimeSpan Error { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The longest that a recovery is watched.</summary>
    public TimeSpan Observe { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The longest that a time service inside the guest is watched, which may need a quarter of an hour.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Of each method in each scenario.</summary>
    public int Runs { get; init; } = 1;

    /// <summary>Leave the folders of the guests there.</summary>
    public bool Keep { get; init; }

    /// <summary>The command line, for reports.</summary>
    public string Command { get; init; } = "guestclock lab";

    public string Version { get; init; } = "";
}
