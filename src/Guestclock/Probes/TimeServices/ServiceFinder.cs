using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Formats.TimeServices;
using Guestclock.Machines;

namespace Guestclock.Probes.TimeServices;

/// <summary>Finds the time services of a machine from its files and its process list.</summary>
internal sealed class ServiceFinder
{
    private static readonly ServiceKind[] Kinds =
    [
        ServiceKinds.Chronyd, ServiceKinds.Ntpd, ServiceKinds.Ntpsec, ServiceKinds.NtpdRs, ServiceKinds.Openntpd,
        ServiceKinds.Timesyncd, ServiceKinds.Ptp4l, ServiceKinds.Phc2sys, ServiceKinds.Timemaster,
    ];

    private readonly IMachine _machine;
    private readonly Dictionary<TimeServiceKind, Fact<bool>> _installed = [];
    private readonly List<(TimeServiceKind Kind, ProcessEntry Process)> _running = [];

    public ServiceFinder(IMachine machine)
    {
        _machine = machine;
        Processes = ProcessList.Read(machine);
        foreach (var kind in Kinds)
            _installed[kind.Kind] = Installed(kind);
        TellNtpdsApart();
        foreach (var process in Processes.Or([]))
        {
            if (KindOf(process) is { } kind)
                _running.Add((kind, process));
        }
    }

    public Fact<IReadOnlyList<ProcessEntry>> Processes { get; }

    /// <summary>How many processes are time services.</summary>
    public int Count => _running.Count;

    public List<TimeService> All()
    {
        var services = new List<TimeService>();
        foreach (var kind in Kinds)
        {
            var processes = _running.Where(r => r.Kind == kind.Kind).Select(r => r.Process).ToList();
            if (processes.Count > 0 || _installed[kind.Kind].Is(i => i))
                services.Add(Service(kind, processes));
        }

        return services;
    }

    private TimeService Service(ServiceKind kind, List<ProcessEntry> processes)
    {
        // One that sets the clock says more than one that only measures.
        var process = processes.FirstOrDefault(p => !SetsNoClock(kind, Rest(p))) ?? processes.FirstOrDefault();
        var arguments = process is null ? StartOptions(kind) : Rest(process);
        var instance = UnitInstance.Of(_machine, kind);
        var unit = instance is null ? UnitState.Find(_machine, kind.Units) : Fact.Known(instance, instance);
        var enabled = instance is null ? Conditions.Apply(_machine, kind, UnitState.Enabled(_machine, kind.Units))
            : Fact.Known(true, instance);
        var running = Processes.Then(_ => process is not null);
        return new(kind.Kind, unit.TryGet(out var path) ? NameOf(path) : _installed[kind.Kind].Source, _installed[kind.Kind], running,
            enabled,
            process?.Pid, SetsNoClock(kind, arguments))
        {
            Arguments = arguments,
        };
    }

    private static string NameOf(string unit) => unit.EndsWith(".service", StringComparison.Ordinal) ? unit[(unit.LastIndexOf('/') + 1)..]
        : unit;

    private static IReadOnlyList<string> Rest(ProcessEntry process) => process.Arguments.Count > 0 ? [.. process.Arguments.Skip(1)] : [];

    private Fact<bool> Installed(ServiceKind kind)
    {
        if (kind.Programs.FirstOrDefault(_machine.Exists) is { } program)
            return Fact.Known(true, program);
        var unit = UnitState.Find(_machine, kind.Units);
        return unit.TryGet(out var path) ? Fact.Known(true, path) : Fact.Known(false, kind.Programs[0]);
    }

    /// <summary>
    /// Three packages install a program named ntpd. NTPsec and OpenNTPD are known by their own unit or files; the name alone is the
    /// reference implementation's (or busybox's). Debian's ntpsec also answers to the unit names ntp and ntpd.
    /// </summary>
    private void TellNtpdsApart()
    {
        var program = ServiceKinds.Ntpd.Programs.FirstOrDefault(_machine.Exists);
        var openntpd = Own("openntpd") ?? (_machine.Exists("/usr/sbin/openntpd") ? "/usr/sbin/openntpd" : null);
        var ntpsec = Own("ntpsec") ?? (program is not null && _machine.Exists("/usr/share/doc/ntpsec") ? program : null);
        var other = openntpd is null && ntpsec is null ? _installed[TimeServiceKind.Ntpd]
            : Fact.Known(false, ServiceKinds.Ntpd.Programs[0]);
        _installed[TimeServiceKind.Openntpd] = Fact.Known(openntpd is not null, openntpd ?? "/usr/sbin/openntpd");
        _installed[TimeServiceKind.Ntpsec] = Fact.Known(ntpsec is not null, ntpsec ?? ServiceKinds.Ntpsec.Programs[0]);
        _installed[TimeServiceKind.Ntpd] = other;
    }

    private string? Own(string unit) => UnitState.Find(_machine, unit).TryGet(out var path) ? path : null;

    private TimeServiceKind? KindOf(ProcessEntry process)
    {
        if (process.Command != "ntpd")
            return Kinds.FirstOrDefault(k => k.Command == process.Command)?.Kind;
        if (process.Arguments.Any(a => a.StartsWith("ntpd: ", StringComparison.Ordinal)
            || a.Contains("openntpd", StringComparison.Ordinal)))
            return TimeServiceKind.Openntpd;
        if (process.Arguments.Any(a => a.Contains("ntpsec", StringComparison.Ordinal)))
            return TimeServiceKind.Ntpsec;
        foreach (var kind in new[] { TimeServiceKind.Ntpsec, TimeServiceKind.Openntpd })
        {
            if (_installed[kind].Is(i => i))
                return kind;
        }

        return TimeServiceKind.Ntpd;
    }

    private IReadOnlyList<string> StartOptions(ServiceKind kind)
    {
        foreach (var (file, variable) in kind.OptionFiles)
        {
            if (_machine.ReadText(file).Then(t => ShellVariables.Parse(t)).TryGet(out var variables)
                && variables.TryGetValue(variable, out var options))
                return options.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        }

        return [];
    }

    /// <summary>
    /// chronyd -x measures only, -q and -Q set or print once and end; ntpd -q likewise (its -x slews, but sets); phc2sys sets another
    /// clock with -c, or feeds a shared memory segment with -E ntpshm or refclock_sock, or with -a but without -r sets only PHCs.
    /// </summary>
    private static bool SetsNoClock(ServiceKind kind, IReadOnlyList<string> arguments)
    {
        return kind.Kind switch
        {
            TimeServiceKind.Chronyd => DaemonOptions.Chronyd(arguments).Options.Any(o => o.Letter is 'x' or 'q' or 'Q' or 'p'),
            TimeServiceKind.Ntpd or TimeServiceKind.Ntpsec => DaemonOptions.Ntpd(arguments).Has('q'),
            TimeServiceKind.Openntpd => DaemonOptions.Openntpd(arguments).Has('n'),
            TimeServiceKind.Phc2sys => SetsOtherClock(DaemonOptions.Phc2sys(arguments)),
            _ => false,
        };
    }

    private static bool SetsOtherClock(GetOpt phc2sys) =>
        phc2sys.Argument('E') is "ntpshm" or "nullf" or "refclock_sock"
        || (phc2sys.Argument('c') is { } sink && sink != "CLOCK_REALTIME")
        || (phc2sys.Has('a') && !phc2sys.Has('r'));
}
