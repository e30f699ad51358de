namespace Guestclock.Formats.ClockLogs;

/// <summary>
/// chrony's <c>tracking.log</c> (chrony.conf(5), <c>log tracking</c>): date, time, address, stratum, frequency, skew, offset, leap, and from 1.29 on combined
/// sources, deviation of the offset and remaining correction (from 3.2 on also root delay, dispersion, largest error).
/// </summary>
/// <remarks>
/// The offset is positive where the clock is fast, but it is that of the clock as it will be once the correction under way has ended; the remaining
/// correction is positive where the clock is slow. So the clock itself − reference = offset − remaining correction.
/// </remarks>
internal sealed class ChronyTracking : ClockLogFormat
{
    private int _wordsBefore;

    public override string Id => "chrony-tracking";

    public override string Title => "chrony tracking.log";

    public override LineMeaning Read(ReadOnlySpan<byte> line, SampleCollector into)
    {
        if (ChronyHeading.Is(line))
            return LineMeaning.Nothing;
        var words = new LogWords(line);
        if (words.Count < 8 || !LogTime.TryParse(words[0], words[1], out var atS) || !LogNumber.TryParseDigits(words[3], out var stratum)
            || !LogNumber.TryParse(words[6], out var offsetS) || !ChronyHeading.IsLeap(words[7]))
            return LineMeaning.Garbage;
        // A line with fewer words than the one before was cut off: without its remaining correction it would be another offset.
        var isCutOff = words.Count < _wordsBefore;
        _wordsBefore = words.Count;
        if (isCutOff)
            return LineMeaning.Garbage;
        var remainingS = 0.0;
        if (words.Count > 10 && !LogNumber.TryParse(words[10], out remainingS))
            return LineMeaning.Garbage;
        if (stratum == 0 || words[7][0] == '?')
            return LineMeaning.Nothing;
        into.Add([], atS, offsetS - remainingS);
        return LineMeaning.Sample;
    }
}
