using System.Globalization;
using System.Text;

namespace Guestclock.Formats.ClockLogs;

/// <summary>
/// One column of values, or two of time in seconds and value; between them blanks, a comma or a semicolon. <c>#</c> and <c>%</c> begin comments; <c>nan</c> is
/// a value that is missing.
/// </summary>
internal sealed class PlainColumns : ClockLogFormat
{
    private static readonly byte[] Separators = [.. " \t,;"u8];

    private int _columns;
    private string? _wider;

    public override string Id => "columns";

    public override string Title => "columns of numbers";

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

    public override IEnumerable<string> Remarks() => _wider is null ? [] : ["lines of more than two columns are not read: give one column (values) or two (time, value)"];

    private static LineMeaning Add(double atS, double value, SampleCollector into)
    {
        into.Add([], atS, value);
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
