namespace Guestclock.Formats.TimeServices;

/// <summary>The command lines of time daemons, each read with the option string of its own source; arguments are without the program's
/// name.</summary>
public static class DaemonOptions
{
    /// <summary>Of <see cref="Chronyd"/>, as getopt(3) takes them (main.c of chrony 4.x).</summary>
    public const string ChronydLetters = "46df:F:hl:L:mnN:pP:qQrRst:u:Uvx";

    /// <summary>chronyd.</summary>
    public static GetOpt Chronyd(IEnumerable<string> arguments) => GetOpt.Parse(arguments, ChronydLetters);

    /// <summary>Of <see cref="Ntpd"/>, as getopt(3) takes them.</summary>
    public const string NtpdLetters = "46aAbB:c:dD:f:gGhi:I:k:l:LmMnNp:P:qr:R:s:t:u:U:v:V:wW:xzZ";

    /// <summary>Of <see cref="Ntpd"/>, each with its letter.</summary>
    public static IReadOnlyList<string> NtpdLongNames { get; } = ["slew=x", "panicgate=g", "configfile=c", "quit=q"];

    /// <summary>ntpd and NTPsec's ntpd (ntpd(8) of both).</summary>
    public static GetOpt Ntpd(IEnumerable<string> arguments) => GetOpt.Parse(arguments, NtpdLetters, NtpdLongNames);

    /// <summary>OpenNTPD's ntpd (ntpd(8)).</summary>
    public static GetOpt Openntpd(IEnumerable<string> arguments) => GetOpt.Parse(arguments, "df:nsSv");

    /// <summary>ntp-daemon of ntpd-rs (ntp-daemon(8)).</summary>
    public static GetOpt NtpdRs(IEnumerable<string> arguments) => GetOpt.Parse(arguments, "c:l:hV", "config=c");

    /// <summary>phc2sys (phc2sys(8) of linuxptp).</summary>
    public static GetOpt Phc2sys(IEnumerable<string> arguments) =>
        GetOpt.Parse(arguments, "arc:d:f:s:E:P:I:S:F:R:N:O:L:M:i:u:wn:xz:l:t:D:mqvh");
}
