namespace Guestclock.Formats.ClockLogs;

/// <summary>
/// chrony's <c>statistics.log</c> (chrony.conf(5), <c>log statistics</c>): date, time, address, deviation, estimated offset, its deviation, frequency, skew,
/// stress, samples, first sample, runs, and from 3.0 on asymmetry.
/// </summary>
/// <remarks>The estimated offset is positive where the clock is fast, so clock − reference = offset. It is what a regression over several measurements gives: smoother than they are.</remarks>
internal sealed class ChronyStatistics : ClockLogFormat
{
    public override string Id => "chrony-statistics";

    public override string Title => "chrony statistics.log";

    public override LineMeaning Read(ReadOnlySpan<byte> line, SampleCollector into)
    {
        if (ChronyHeading.Is(line))
            return LineMeaning.Nothing;
        var words = new LogWords(line);
        if (words.Count is < 12 or > 15 || !LogTime.TryParse(words[0], words[1], out var atS) || !words[3].Contains((byte)'.') || !LogNumber.TryParse(words[3], out _)
            || !LogNumber.TryParse(words[4], out var offsetS) || !LogNumber.TryParseDigits(words[9], out _))
            return LineMeaning.Garbage;
        into.Add(words[2], atS, offsetS);
        return LineMeaning.Sample;
    }
}
