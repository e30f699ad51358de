using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Formats.TimeServices;
using Guestclock.Machines;

namespace Guestclock.Probes.TimeServices;

/// <summary>Finds the configuration that each service reads: the one its command line names, else that of the distribution.</summary>
internal static class ServiceConfiguration
{
    private const string DebianFile = "/etc/chrony/chrony.conf";
    private const string OtherFile = "/etc/chrony.conf";

    public static Fact<ChronyConfiguration> Chrony(IMachine machine, TimeService? chronyd)
    {
        var options = DaemonOptions.Chronyd(chronyd?.Arguments ?? []);
        if (options.Operands.Count > 0)
        {
            var source = $"command line of chronyd ({chronyd!.Pid})";
            return Fact.Known(ChronyConfReader.FromCommandLine(machine, options.Operands, source), source);
        }

        if (options.Argument('f') is { } file && file.StartsWith('/'))
            return ChronyConfReader.Read(machine, file);
        // The path is compiled in: below /etc/chrony on Debian and Alpine, else in /etc.
        string[] places = machine.Exists("/etc/debian_version") || machine.Exists("/etc/alpine-release") ? [DebianFile, OtherFile]
            : [OtherFile, DebianFile];
        return ChronyConfReader.Read(machine, places.FirstOrDefault(machine.Exists) ?? places[0]);
    }

    /// <summary>The configuration of the first other service that runs, else of the first that is enabled, else of the first that is
    /// installed.</summary>
    public static Fact<NtpConfiguration> Other(IMachine machine, IReadOnlyList<TimeService> services)
    {
        var others = services.Where(s =>
            s.Kind is TimeServiceKind.Ntpd or TimeServiceKind.Ntpsec or TimeServiceKind.Openntpd or TimeServiceKind.NtpdRs
            or TimeServiceKind.Timesyncd).ToList();
        var service = others.FirstOrDefault(s => s.Running.Is(r => r)) ?? others.FirstOrDefault(s => s.Enabled.Is(e => e))
            ?? others.FirstOrDefault();
        var arguments = service?.Arguments ?? [];
        return service?.Kind switch
        {
            TimeServiceKind.Timesyncd => TimesyncdConfReader.Read(machine),
            TimeServiceKind.NtpdRs => NtpdRsConfReader.Read(machine,
                Named(machine, DaemonOptions.NtpdRs(arguments), 'c', "/etc/ntpd-rs/ntp.toml", "/etc/ntp.toml")),
            TimeServiceKind.Openntpd => NtpConfReader.Read(machine, service.Kind,
                Named(machine, DaemonOptions.Openntpd(arguments), 'f', "/etc/openntpd/ntpd.conf", "/etc/ntpd.conf")),
            TimeServiceKind.Ntpsec => NtpConfReader.Read(machine, service.Kind,
                Named(machine, DaemonOptions.Ntpd(arguments), 'c', "/etc/ntpsec/ntp.conf", "/etc/ntp.conf")),
            TimeServiceKind.Ntpd => NtpConfReader.Read(machine, service.Kind,
                Named(machine, DaemonOptions.Ntpd(arguments), 'c', "/etc/ntp.conf")),
            _ => Fact.Missing<NtpConfiguration>("/etc/ntp.conf", "no other time service is installed"),
        };
    }

    private static string Named(IMachine machine, GetOpt options, char letter, params IReadOnlyList<string> places) =>
        options.Argument(letter) is { } file && file.StartsWith('/') ? file : places.FirstOrDefault(machine.Exists) ?? places[0];
}
