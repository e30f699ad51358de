using System.Globalization;
using System.Text;

namespace Guestclock.Formats.ClockLogs;

/// <summary>Reads a log of a clock, of whichever format it is.</summary>
public static class ClockLogReader
{
    private const int ShownLines = 3;
    private const int ShownCharacters = 48;

    /// <summary>Lines between two looks at the cancellation.</summary>
    private const int Stride = 4096;

    /// <summary>The names of formats, as <c>--input</c> takes them; frozen.</summary>
    public static IReadOnlyList<string> Formats { get; } = [.. All().Select(f => f.Id)];

    /// <param name="input">Read once, from where it stands; bytes of any encoding that has ASCII in it.</param>
    /// <param name="format">One of <see cref="Formats"/>; null: the one that the first lines are of.</param>
    /// <param name="kind">What bare numbers are; null: phase.</param>
    /// <exception cref="MalformedInputException">The input is no such log, holds no sample, or holds more garbage than samples.</exception>
    public static ClockLog Read(Stream input, string? format, SampleKind? kind, CancellationToken cancellationToken)
    {
        var lines = new LineSource(input);
        var head = lines.Ahead();
        if (head.IsEmpty)
            throw new MalformedInputException("the file is empty");
        if (head.Contains((byte)0))
            throw new MalformedInputException("this is a binary file; a log of a clock is text");
        var reader = format is null ? Detect(head) : All().First(f => f.Id == format);
        if (kind == SampleKind.Frequency && !reader.HasBareNumbers)
            throw new MalformedInputException($"this is a {reader.Title}, which is read as phase; frequency is for columns of numbers");
        var remarks = new List<string>();
        if (reader.HasBareNumbers && kind is null)
            remarks.Add("the numbers are taken as phase in seconds; '--type frequency' takes them as fractional frequency");
        var collector = new SampleCollector(kind ?? SampleKind.Phase);
        var skipped = new SkippedLines();
        while (lines.TryRead(out var line))
        {
            if (lines.Number % Stride == 0)
                cancellationToken.ThrowIfCancellationRequested();
            if (lines.WasCut || (!line.IsEmpty && reader.Read(line, collector) == LineMeaning.Garbage))
                skipped.Add(lines.Number, line);
        }

        if (collector.Count == 0 || skipped.Count > collector.Count)
            throw new MalformedInputException(Refusal(reader, collector.Count, skipped));
        if (skipped.Count > 0)
            remarks.Add(skipped.Sentence());
        remarks.AddRange(reader.Remarks());
        return new(reader.Title, collector.Take(), skipped.Count, remarks);
    }

    private static ClockLogFormat[] All() =>
    [
        new MeasureLog(), new ChronyTracking(), new ChronyMeasurements(), new ChronyStatistics(), new ChronyRefclocks(), new NtpdLoopstats(), new NtpdPeerstats(),
        new PlainColumns(hasDates: false), new PlainColumns(hasDates: true),
    ];

    /// <summary>The format that finds the most samples in the first lines, else that which knows the most lines; a fresh reader of it.</summary>
    private static ClockLogFormat Detect(ReadOnlySpan<byte> head)
    {
        var (samples, known) = (new long[Formats.Count], new long[Formats.Count]);
        foreach (var (i, format) in All().Index())
        {
            var found = new SampleCollector(SampleKind.Phase);
            foreach (var range in head.Split((byte)'\n'))
            {
                var line = LineSource.Trim(head[range]);
                if (!line.IsEmpty && line.Length <= LineSource.Longest && format.Read(line, found) != LineMeaning.Garbage && !IsHeading(line))
                    known[i]++;
            }

            samples[i] = found.Count;
        }

        var best = samples.Max() > 0 ? samples : known;
        return best.Max() > 0 ? All()[best.IndexOf(best.Max())] : throw new MalformedInputException(Unknown(head));
    }

    /// <summary>A line that says little of the format, and nothing of a clock.</summary>
    private static bool IsHeading(ReadOnlySpan<byte> line) => line[0] is (byte)'#' or (byte)'%' || ChronyHeading.Is(line) || line.StartsWith("unixNs,"u8);

    private static string Refusal(ClockLogFormat reader, long samples, SkippedLines skipped) =>
        skipped.Count == 0 ? $"there is no sample in this {reader.Title}"
        : samples == 0 ? $"there is no sample in it ({reader.Title}); {skipped.Sentence()}"
        : string.Create(CultureInfo.InvariantCulture, $"only {samples} of {samples + skipped.Count} lines are samples ({reader.Title}); {skipped.Sentence()}");

    private static string Unknown(ReadOnlySpan<byte> head)
    {
        foreach (var range in head.Split((byte)'\n'))
        {
            var line = LineSource.Trim(head[range]);
            if (line.IsEmpty || IsHeading(line))
                continue;
            return $"this is neither a log of 'guestclock measure', of chrony (tracking, measurements, statistics, refclocks) or of ntpd (loopstats, peerstats), nor one column of values or two of time and value: '{Shown(line)}'";
        }

        return "there is no sample in it, only headings and comments";
    }

    private static string Shown(ReadOnlySpan<byte> line) =>
        Encoding.UTF8.GetString(line.Length <= ShownCharacters ? line : line[..ShownCharacters]) + (line.Length <= ShownCharacters ? "" : "…");

    /// <summary>How many lines were skipped, and the first of them.</summary>
    private sealed class SkippedLines
    {
        private readonly List<string> _first = [];

        public long Count { get; private set; }

        public void Add(long number, ReadOnlySpan<byte> line)
        {
            if (++Count <= ShownLines)
                _first.Add(string.Create(CultureInfo.InvariantCulture, $"line {number}: '{(line.IsEmpty ? "too long" : Shown(line))}'"));
        }

        public string Sentence() =>
            string.Create(CultureInfo.InvariantCulture, $"{Count} {(Count == 1 ? "line was" : "lines were")} skipped ({string.Join(", ", _first)}{(Count > _first.Count ? ", …" : "")})");
    }
}
