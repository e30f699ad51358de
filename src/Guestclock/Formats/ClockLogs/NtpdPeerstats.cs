using System.Globalization;

namespace Guestclock.Formats.ClockLogs;

/// <summary>ntpd's <c>peerstats</c> (ntp.conf(5) of ntpsec, monopt.html of ntp.org): modified Julian date, seconds past midnight, address, status in hexadecimal, offset, delay, dispersion, jitter in seconds.</summary>
/// <remarks>The offset is reference − clock (positive: the clock is behind), so clock − reference = −offset.</remarks>
internal sealed class NtpdPeerstats : ClockLogFormat
{
    public override string Id => "ntpd-peerstats";

    public override string Title => "ntpd peerstats";

    public override LineMeaning Read(ReadOnlySpan<byte> line, SampleCollector into)
    {
        var words = new LogWords(line);
        if (words.Count is not (7 or 8) || !LogTime.TryParseMjd(words[0], words[1], out var atS) || LogNumber.TryParse(words[2], out _)
            || !uint.TryParse(words[3], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _) || !LogNumber.TryParse(words[4], out var behindS)
            || !LogNumber.TryParse(words[5], out _) || !LogNumber.TryParse(words[6], out _))
            return LineMeaning.Garbage;
        into.Add(words[2], atS, -behindS);
        return LineMeaning.Sample;
    }
}
