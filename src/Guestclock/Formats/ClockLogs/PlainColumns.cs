using System.Globalization;
using System.Text;

namespace Guestclock.Formats.ClockLogs;

/// <summary>
/// One column of values, or two of time and value; between them blanks, a comma or a semicolon. <c>#</c> and <c>%</c> begin comments; <c>nan</c> is
/// a value that is missing.
/// </summary>
/// <param name="hasDates">Times are modified Julian dates; else seconds.</param>
internal sealed class PlainColumns(bool hasDates) : ClockLogFormat
{
    /// <summary>Modified Julian dates of 1968 to 2132.</summary>
    private const double FirstDate = 40_000;
    private const double LastDate = 100_000;
    private const double LongestMeanInterval = 0.01;

    private static readonly byte[] Separators = [.. " \t,;"u8];

    private int _columns;
    private string? _wider;
    private double _firstAt = double.NaN;
    private double _lastAt;
    private long _samples;

    public override string Id => hasDates ? "mjd-columns" : "columns";

    public override string Title => hasDates ? "columns of dates and numbers" : "columns of numbers";

    public override bool HasBareNumbers => true;

    public override LineMeaning Read(ReadOnlySpan<byte> line, SampleCollector into)
    {
        if (line[0] is (byte)'#' or (byte)'%')
            return LineMeaning.Nothing;
        var comment = line.IndexOf((byte)'#');
        var left = comment < 0 ? line : line[..comment].TrimEnd(Separators);
        var split = left.IndexOfAny(Separators);
        if (split < 0)
            return TryValue(left, out var single) && IsWide(1) ? Add(double.NaN, single, into) : LineMeaning.Garbage;
        var right = left[split..].TrimStart(Separators);
        if (right.ContainsAny(Separators))
        {
            _wider ??= Encoding.Latin1.GetString(left);
            return LineMeaning.Garbage;
        }

        return LogNumber.TryParse(left[..split], out var atS) && TryValue(right, out var value) && IsWide(2) ? Add(atS, value, into) : LineMeaning.Garbage;
    }

    public override IEnumerable<string> Remarks()
    {
        if (_wider is not null)
            yield return "lines of more than two columns are not read: give one column (values) or two (time, value)";
        if (!hasDates && _firstAt >= FirstDate && _lastAt is > FirstDate and < LastDate && _lastAt - _firstAt < LongestMeanInterval * _samples)
            yield return "its times look like modified Julian dates, but are read as seconds; '--input mjd-columns' reads them as days";
    }

    private LineMeaning Add(double at, double value, SampleCollector into)
    {
        _firstAt = double.IsNaN(_firstAt) ? at : _firstAt;
        _lastAt = at;
        _samples++;
        into.Add([], hasDates ? LogTime.OfMjd(at) : at, value);
        return LineMeaning.Sample;
    }

    private static bool TryValue(ReadOnlySpan<byte> text, out double value) =>
        LogNumber.TryParse(text, out value) || (Ascii.EqualsIgnoreCase(text, "nan"u8) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value));

    /// <summary>All samples of a file have as many columns as its first one.</summary>
    private bool IsWide(int columns)
    {
        if (_columns == 0)
            _columns = columns;
        return _columns == columns;
    }
}
