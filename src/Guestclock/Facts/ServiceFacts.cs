using System.Text.Json.Serialization;
using Guestclock.Json;

namespace Guestclock.Facts;

/// <summary>The services that set or steer the clock.</summary>
public sealed record ServiceFacts
{
    /// <summary>One row for every kind that is installed, enabled or running.</summary>
    public Fact<IReadOnlyList<TimeService>> TimeServices { get; init; } = Fact<IReadOnlyList<TimeService>>.None;

    /// <summary>How many processes of time services run; not known where the process list is not (an image).</summary>
    public Fact<long> Processes { get; init; } = Fact<long>.None;

    public Fact<ChronyConfiguration> ChronyConf { get; init; } = Fact<ChronyConfiguration>.None;

    /// <summary>
    /// The configuration of the other service that runs (or is enabled, or is installed): ntp.conf of ntpd or NTPsec, ntpd.conf of
    /// OpenNTPD,
    /// timesyncd.conf, ntp.toml.
    /// </summary>
    public Fact<NtpConfiguration> NtpConf { get; init; } = Fact<NtpConfiguration>.None;

    /// <summary>When timesyncd last had the clock synchronised: the file /run/systemd/timesync/synchronized is there.</summary>
    public Fact<bool> TimesyncdSynchronized { get; init; } = Fact<bool>.None;

    /// <summary>The services that run now, those that do not set the system clock among them.</summary>
    [JsonIgnore]
    public IEnumerable<TimeService> Running => TimeServices.Or([]).Where(s => s.Running.Is(r => r));

    /// <summary>The services that run now and set the system clock.</summary>
    [JsonIgnore]
    public IEnumerable<TimeService> Disciplining => Running.Where(s => s.DisciplinesSystemClock);

    /// <summary>The row of a kind, or null.</summary>
    public TimeService? Find(TimeServiceKind kind) => TimeServices.Or([]).FirstOrDefault(s => s.Kind == kind);
}

[JsonConverter(typeof(KebabEnumConverter<TimeServiceKind>))]
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
/// <param name="Unit">Its systemd unit or SysV script on this machine: <c>chrony.service</c>, <c>/etc/init.d/ntpd</c>; a program's path
/// where there is neither.</param>
/// <param name="Enabled">Whether it starts at boot; the source names the link or run level.</param>
/// <param name="Pid">Its process id where it runs.</param>
/// <param name="NoSet">It runs (or is set up to run) so that it does not touch the system clock: chronyd -x, phc2sys to another
/// clock.</param>
public sealed record TimeService(TimeServiceKind Kind, string Unit, Fact<bool> Installed, Fact<bool> Running, Fact<bool> Enabled, int? Pid,
    bool NoSet)
{
    /// <summary>Its command line without the program: that of the process, or where it does not run the options that its unit would
    /// pass.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Whether a service of this kind sets the system clock (ptp4l only sets a PHC, timemaster only starts others).</summary>
    public bool DisciplinesSystemClock => Kind is not (TimeServiceKind.Ptp4l or TimeServiceKind.Timemaster) && !NoSet;

    /// <summary>As a user calls it: <c>chronyd</c>, <c>systemd-timesyncd</c>.</summary>
    [JsonIgnore]
    public string Name => Kind switch
    {
        TimeServiceKind.Chronyd => "chronyd",
        TimeServiceKind.Ntpd => "ntpd",
        TimeServiceKind.Ntpsec => "ntpd (NTPsec)",
        TimeServiceKind.NtpdRs => "ntpd-rs",
        TimeServiceKind.Openntpd => "ntpd (OpenNTPD)",
        TimeServiceKind.Timesyncd => "systemd-timesyncd",
        TimeServiceKind.Ptp4l => "ptp4l",
        TimeServiceKind.Phc2sys => "phc2sys",
        _ => "timemaster",
    };

    /// <summary>The unit's or script's name as systemctl, service and rc-service take it.</summary>
    [JsonIgnore]
    public string ServiceName
    {
        get
        {
            var name = Unit[(Unit.LastIndexOf('/') + 1)..];
            return name.EndsWith(".service", StringComparison.Ordinal) ? name[..^8] : name;
        }
    }
}

/// <summary>chrony's configuration with its includes and drop-ins.</summary>
/// <param name="Directives">In the order in which chronyd reads them; sources of sourcedir directories last.</param>
/// <param name="Problems">Lines and includes that could not be read, each as one sentence.</param>
public sealed record ChronyConfiguration(string File, IReadOnlyList<ConfigDirective> Directives, IReadOnlyList<string> Problems)
{
    /// <summary>Why chronyd would not start with it, as one sentence; null where nothing of that kind was seen.</summary>
    public string? Refusal { get; init; }

    public IEnumerable<ConfigDirective> All(string name) =>
        Directives.Where(d => string.Equals(d.Name, name, StringComparison.OrdinalIgnoreCase));

    public ConfigDirective? Last(string name) => All(name).LastOrDefault();
}

/// <summary>One line of a configuration: <c>makestep 1.0 3</c> is the name <c>makestep</c> and the words <c>1.0</c>, <c>3</c>.</summary>
/// <param name="Source">File and line: <c>/etc/chrony/chrony.conf:12</c>.</param>
public sealed record ConfigDirective(string Name, IReadOnlyList<string> Words, string Source)
{
    /// <summary>The file alone; empty for a directive that stands in no file (a command line).</summary>
    public string File => Source[..Math.Max(0, Source.LastIndexOf(':'))];

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
/// <param name="Directives">As they are written; ini and TOML files are <c>NTP a b</c>, <c>source mode pool address x</c>, <c>table.key
/// value</c>.</param>
public sealed record NtpConfiguration(TimeServiceKind Kind, string File, IReadOnlyList<ConfigDirective> Directives,
    IReadOnlyList<string> Problems)
{
    public IEnumerable<ConfigDirective> All(string name) =>
        Directives.Where(d => string.Equals(d.Name, name, StringComparison.OrdinalIgnoreCase));
}
