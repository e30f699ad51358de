namespace Guestclock.Formats.ClockLogs;

/// <summary>
/// chrony's <c>refclocks.log</c> (chrony.conf(5), <c>log refclocks</c>): date, time, reference id, poll of the driver, leap, pulse, raw offset, corrected offset,
/// dispersion. A filtered sample has <c>-</c> for the poll; it is a series of its own beside the samples that it is made of.
/// </summary>
/// <remarks>The corrected offset is positive where the clock is slow, so clock − reference = −offset.</remarks>
internal sealed class ChronyRefclocks : ClockLogFormat
{
    public override string Id => "chrony-refclocks";

    public override string Title => "chrony refclocks.log";

    public override LineMeaning Read(ReadOnlySpan<byte> line, SampleCollector into)
    {
        if (ChronyHeading.Is(line))
            return LineMeaning.Nothing;
        var words = new LogWords(line);
        if (words.Count != 9 || words[2].Length > 4 || !LogTime.TryParse(words[0], words[1], out var atS) || !ChronyHeading.IsLeap(words[4]) || !LogNumber.TryParse(words[7], out var slowS))
            return LineMeaning.Garbage;
        if (!words[3].SequenceEqual("-"u8))
        {
            if (!LogNumber.TryParseDigits(words[3], out _))
                return LineMeaning.Garbage;
            into.Add(words[2], atS, -slowS);
            return LineMeaning.Sample;
        }

        Span<byte> name = stackalloc byte[16];
        words[2].CopyTo(name);
        " filtered"u8.CopyTo(name[words[2].Length..]);
        into.Add(name[..(words[2].Length + " filtered"u8.Length)], atS, -slowS);
        return LineMeaning.Sample;
    }
}
