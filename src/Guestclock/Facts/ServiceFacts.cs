namespace Guestclock.Facts;

/// <summary>The services that set or steer the clock.</summary>
public sealed record ServiceFacts
{
    /// <summary>One row for every kind that is installed, enabled or running.</summary>
    public Fact<IReadOnlyList<TimeService>> TimeServices { get; init; } = Fact<IReadOnlyList<TimeService>>.None;

    public Fact<ChronyConfiguration> ChronyConf { get; init; } = Fact<ChronyConfiguration>.None;

    /// <summary>ntp.conf of ntpd, NTPsec or OpenNTPD; servers of timesyncd.conf; sources of ntp.toml.</summary>
    public Fact<NtpConfiguration> NtpConf { get; init; } = Fact<NtpConfiguration>.None;

    /// <summary>When timesyncd last had the clock synchronised: the file /run/systemd/timesync/synchronized is there.</summary>
    public Fact<bool> TimesyncdSynchronized { get; init; } = Fact<bool>.None;

    /// <summary>The services of a kind that disciplines the system clock and runs now.</summary>
    public IEnumerable<TimeService> Running => TimeServices.Or([]).Where(s => s.Running.Is(r => r));
}

[System.Text.Json.Serialization.JsonConverter(typeof(KebabEnumConverter<TimeServiceKind>))]
public enum TimeServiceKind
{
    Chronyd,
    Ntpd,
    Ntpsec,
    NtpdRs,
    Openntpd,
    Timesyncd,

    /// <summary>PTP daemon on a network interface; disciplines a PHC, not the system clock.</summary>
    Ptp4l,

    /// <summary>Copies a PHC to the system clock.</summary>
    Phc2sys,

    /// <summary>Starts chronyd or ntpd beside ptp4l and phc2sys.</summary>
    Timemaster,
}

/// <summary>One time service.</summary>
/// <param name="Unit">Its systemd unit or SysV script on this machine: <c>chrony.service</c>, <c>chronyd.service</c>, <c>/etc/init.d/ntpd</c>.</param>
/// <param name="Enabled">Whether it starts at boot; the source names the link or run level.</param>
/// <param name="Pid">Its process id where it runs.</param>
/// <param name="NoSet">It runs with -x or the like, so that it does not touch the system clock.</param>
public sealed record TimeService(TimeServiceKind Kind, string Unit, Fact<bool> Installed, Fact<bool> Running, Fact<bool> Enabled, int? Pid, bool NoSet)
{
    /// <summary>Whether a service of this kind sets the system clock (ptp4l only sets a PHC, timemaster only starts others).</summary>
    public bool DisciplinesSystemClock => Kind is not (TimeServiceKind.Ptp4l or TimeServiceKind.Timemaster) && !NoSet;
}

/// <summary>chrony's configuration with its includes and drop-ins.</summary>
/// <param name="Directives">In the order in which chronyd reads them.</param>
/// <param name="Problems">Lines and includes that could not be read, each as one sentence.</param>
public sealed record ChronyConfiguration(string File, IReadOnlyList<ConfigDirective> Directives, IReadOnlyList<string> Problems)
{
    public IEnumerable<ConfigDirective> All(string name) =>
        Directives.Where(d => string.Equals(d.Name, name, StringComparison.OrdinalIgnoreCase));

    public ConfigDirective? Last(string name) => All(name).LastOrDefault();
}

/// <summary>One line of a configuration: <c>makestep 1.0 3</c> is the name <c>makestep</c> and the words <c>1.0</c>, <c>3</c>.</summary>
/// <param name="Source">File and line: <c>/etc/chrony/chrony.conf:12</c>.</param>
public sealed record ConfigDirective(string Name, IReadOnlyList<string> Words, string Source)
{
    /// <summary>The word that follows <paramref name="option"/>, or null.</summary>
    public string? Option(string option)
    {
        for (var i = 0; i + 1 < Words.Count; i++)
        {
            if (string.Equals(Words[i], option, StringComparison.OrdinalIgnoreCase))
                return Words[i + 1];
        }

        return null;
    }

    public bool Has(string option) => Words.Contains(option, StringComparer.OrdinalIgnoreCase);

    public override string ToString() => Words.Count == 0 ? Name : Name + " " + string.Join(' ', Words);
}

/// <summary>The configuration of another time service.</summary>
public sealed record NtpConfiguration(TimeServiceKind Kind, string File, IReadOnlyList<ConfigDirective> Directives, IReadOnlyList<string> Problems);
