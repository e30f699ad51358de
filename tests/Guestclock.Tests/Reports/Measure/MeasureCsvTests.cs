using System.Text;
using Guestclock.Formats.ClockLogs;
using Guestclock.Reports.Measure;

namespace Guestclock.Tests.Reports.Measure;

/// <summary>What is written is what <c>analyze</c> reads.</summary>
public class MeasureCsvTests
{
    private static string Log(int count) => Log(count, out _);

    private static string Log(int count, out List<double> offsetsS)
    {
        var report = SomeMeasurement.Report(count);
        offsetsS = [.. report.Entries.Where(e => e.Sample is not null).Select(e => e.Sample!.OffsetNs / 1e9)];
        string[] lines = [MeasureCsv.Head("guest web1", "guest:web1"), MeasureCsv.Run(report.Entries[0].AtUnixNs, "1.0", report.Pair), .. report.Entries.Select(MeasureCsv.Line)];
        return string.Concat(lines.Select(l => l + "\n"));
    }

    private static List<double> Read(string log, out ClockLog read)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(log));
        read = ClockLogReader.Read(stream, "measure", null, CancellationToken.None);
        return [.. read.Series.SelectMany(s => s.Values)];
    }

    [Fact]
    public void A_log_is_read_as_it_was_written()
    {
        var values = Read(Log(40, out var offsets), out var read);
        Assert.Equal(offsets, values);
        Assert.Equal(0, read.SkippedLines);
        Assert.Contains("guest web1 against guest:web1", Assert.Single(read.Series).Name, StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_that_ends_anywhere_and_is_gone_on_with_gives_no_wrong_value()
    {
        var log = Log(12, out var offsets);
        var head = log.IndexOf(MeasureLogHead.Columns, StringComparison.Ordinal) + MeasureLogHead.Columns.Length + 1;
        for (var length = head; length < log.Length; length++)
        {
            var cut = log[..length];
            var values = Read(cut + (cut[^1] == '\n' ? "" : "\n") + log[head..], out _);
            // What was cut is missing at most; all that is there was written.
            Assert.Equal(offsets, values.TakeLast(offsets.Count));
            Assert.Equal(offsets.Take(values.Count - offsets.Count), values.Take(values.Count - offsets.Count));
        }
    }

    [Fact]
    public void Each_line_is_one_line_without_control_characters() =>
        Assert.All(SomeMeasurement.Report(40).Entries.Select(MeasureCsv.Line), l => Assert.DoesNotContain(l, char.IsControl));

    [Fact]
    public void A_remark_is_quoted() => Assert.EndsWith(",\"a \"\"remark\"\", with a comma\"", MeasureCsv.Line(SomeMeasurement.Report(4).Entries[3]), StringComparison.Ordinal);
}
