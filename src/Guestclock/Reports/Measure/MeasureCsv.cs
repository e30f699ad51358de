using System.Globalization;
using Guestclock.Formats.ClockLogs;
using Guestclock.Measuring;
using Guestclock.Measuring.Runs;

namespace Guestclock.Reports.Measure;

/// <summary>The lines of a log, as <see cref="MeasureLogHead"/> lays them out; none ends with a line feed here.</summary>
public static class MeasureCsv
{
    /// <summary>The two lines at the start of a file.</summary>
    /// <param name="reference">As the user named it.</param>
    public static string Head(string clock, string reference) => $"{MeasureLogHead.Mark}{Words.Plain(clock)} against {Words.Plain(reference)}\n{MeasureLogHead.Columns}";

    /// <summary>The comment at the start of a run.</summary>
    public static string Run(long unixNs, string version, MeasuredPair pair) =>
        Words.Plain($"{MeasureLogHead.Run}{TimeText.Iso(unixNs)} guestclock {version}: {pair.Clock} against {pair.Reference}; {pair.Method}");

    public static string Line(MeasureEntry entry) => string.Create(CultureInfo.InvariantCulture,
        $"{entry.AtUnixNs},{entry.AtRawNs},{(entry.Sample is { } s ? $"{s.OffsetNs},{s.BoundNs},{s.DelayNs},{string.Join(';', s.Parts.Select(p => $"{p.Name}={p.Ns}"))}" : ",,,")},{Quoted(entry.Sample?.Remark ?? entry.Problem)}");

    private static string Quoted(string? text) => string.IsNullOrEmpty(text) ? "" : $"\"{Words.Plain(text).Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
