namespace Guestclock.Formats.ClockLogs;

/// <summary>
/// The layout of what <c>guestclock measure --log</c> writes: two lines of head, then one line per reading, ended by a line feed. Lines that begin with
/// <c>#</c> are comments; each run begins with one. A log is appended to: raw time may go back from one run to the next (the machine was started anew).
/// </summary>
/// <remarks>
/// A reading that was lost has empty <c>offsetNs</c>, <c>boundNs</c> and <c>delayNs</c>, and its reason as remark. <c>parts</c> is
/// <c>reading=120;reference=50</c>; the remark, the last column, is quoted as RFC 4180 says, or empty. A line with fewer columns was not written to its
/// end (the run was killed) and means nothing; the next run goes on in a new line.
/// </remarks>
public static class MeasureLogHead
{
    /// <summary>How the first line begins; what is measured against what follows: <c>system clock against ntp:192.0.2.1</c>.</summary>
    public const string Mark = "# guestclock measure-log/1: ";

    /// <summary>How the comment at the start of each run begins.</summary>
    public const string Run = "# run ";

    /// <summary>The second line. <c>unixNs</c> and <c>rawNs</c>: CLOCK_REALTIME and CLOCK_MONOTONIC_RAW at the reading; offset = clock − reference.</summary>
    public const string Columns = "unixNs,rawNs,offsetNs,boundNs,delayNs,parts,remark";
}
