namespace Guestclock.Formats.ClockLogs;

/// <summary>ntpd's <c>loopstats</c> (ntp.conf(5) of ntpsec, monopt.html of ntp.org): modified Julian date, seconds past midnight, offset in seconds, frequency in ppm, jitter, wander, and mostly the poll exponent.</summary>
/// <remarks>The offset is reference − clock (positive: the clock is behind), so clock − reference = −offset.</remarks>
internal sealed class NtpdLoopstats : ClockLogFormat
{
    public override string Id => "ntpd-loopstats";

    public override string Title => "ntpd loopstats";

    public override LineMeaning Read(ReadOnlySpan<byte> line, SampleCollector into)
    {
        var words = new LogWords(line);
        if (words.Count is not (6 or 7) || !LogTime.TryParseMjd(words[0], words[1], out var atS) || !LogNumber.TryParse(words[2], out var behindS)
            || !LogNumber.TryParse(words[3], out _) || !LogNumber.TryParse(words[4], out _) || !LogNumber.TryParse(words[5], out _) || (words.Count == 7 && !LogNumber.TryParse(words[6], out _)))
            return LineMeaning.Garbage;
        into.Add([], atS, -behindS);
        return LineMeaning.Sample;
    }
}
