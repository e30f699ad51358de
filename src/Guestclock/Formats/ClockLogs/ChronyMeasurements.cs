using System.Globalization;

namespace Guestclock.Formats.ClockLogs;

/// <summary>
/// chrony's <c>measurements.log</c> (chrony.conf(5), <c>log measurements</c> and <c>rawmeasurements</c>): date, time, address, leap, stratum, tests 123, 567
/// and ABCD, two polls, score, offset, peer delay and dispersion, root delay and dispersion, and from 3.0 on reference id, mode and timestamps.
/// </summary>
/// <remarks>The offset is positive where the clock is slow, so clock − reference = −offset; it is that of the clock as it will be once a correction under way has ended.</remarks>
internal sealed class ChronyMeasurements : ClockLogFormat
{
    private long _refused;

    public override string Id => "chrony-measurements";

    public override string Title => "chrony measurements.log";

    public override LineMeaning Read(ReadOnlySpan<byte> line, SampleCollector into)
    {
        if (ChronyHeading.Is(line))
            return LineMeaning.Nothing;
        var words = new LogWords(line);
        if (words.Count < 16 || !LogTime.TryParse(words[0], words[1], out var atS) || !ChronyHeading.IsLeap(words[3])
            || !IsTests(words[5], 3) || !IsTests(words[6], 3) || !IsTests(words[7], 4) || !LogNumber.TryParse(words[11], out var slowS))
            return LineMeaning.Garbage;
        if (words[5].Contains((byte)'0') || words[6].Contains((byte)'0') || words[7].Contains((byte)'0'))
        {
            _refused++;
            return LineMeaning.Nothing;
        }

        into.Add(words[2], atS, -slowS);
        return LineMeaning.Sample;
    }

    public override IEnumerable<string> Remarks() => _refused == 0 ? []
        : [string.Create(CultureInfo.InvariantCulture, $"{_refused} {(_refused == 1 ? "measurement" : "measurements")} that chrony's own tests refused left out")];

    private static bool IsTests(ReadOnlySpan<byte> word, int count) => word.Length == count && !word.ContainsAnyExcept("01"u8);
}
