using System.Globalization;
using System.Text;

namespace Guestclock.Formats.ClockLogs;

/// <summary>What <c>guestclock measure --log</c> wrote; <see cref="MeasureLogHead"/> is its layout. Columns are found by their names.</summary>
/// <remarks>
/// Times come from CLOCK_MONOTONIC_RAW, which nobody steps or slews; the first sample of each run fastens it to CLOCK_REALTIME. clock − reference is what the log holds.
/// </remarks>
internal sealed class MeasureLog : ClockLogFormat
{
    private int _unix;
    private int _raw = 1;
    private int _offset = 2;
    private int _columns = 7;
    private bool _isFastened;
    private long _unixNs;
    private long _rawNs;
    private long _lost;
    private byte[] _name = [];

    public override string Id => "measure";

    public override string Title => "log of guestclock measure";

    public override LineMeaning Read(ReadOnlySpan<byte> line, SampleCollector into)
    {
        if (line[0] == '#')
        {
            ReadComment(line);
            return LineMeaning.Nothing;
        }

        Span<Range> fields = stackalloc Range[16];
        var count = Split(line, fields);
        if (line.StartsWith("unixNs,"u8))
            return ReadHead(line, fields[..count]) ? LineMeaning.Nothing : LineMeaning.Garbage;
        if (count < _columns || !TryParse(line[fields[_unix]], out var unixNs) || !TryParse(line[fields[_raw]], out var rawNs))
            return LineMeaning.Garbage;
        if (line[fields[_offset]].IsEmpty)
        {
            _lost++;
            return LineMeaning.Nothing;
        }

        if (!TryParse(line[fields[_offset]], out var offsetNs))
            return LineMeaning.Garbage;
        if (!_isFastened)
            (_isFastened, _unixNs, _rawNs) = (true, unixNs, rawNs);
        into.Add(_name, (_unixNs / 1e9) + ((rawNs - _rawNs) / 1e9), offsetNs / 1e9);
        return LineMeaning.Sample;
    }

    public override IEnumerable<string> Remarks() => _lost == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"{_lost} {(_lost == 1 ? "reading was" : "readings were")} lost when taken")];

    private void ReadComment(ReadOnlySpan<byte> line)
    {
        var mark = Encoding.ASCII.GetBytes(MeasureLogHead.Mark);
        if (line.StartsWith(mark))
            _name = line[mark.Length..].ToArray();
        else if (line.StartsWith(Encoding.ASCII.GetBytes(MeasureLogHead.Run)))
            _isFastened = false;
    }

    private bool ReadHead(ReadOnlySpan<byte> line, Span<Range> fields)
    {
        (_unix, _raw, _offset, _columns) = (-1, -1, -1, fields.Length);
        for (var i = 0; i < fields.Length; i++)
        {
            var name = line[fields[i]];
            _unix = name.SequenceEqual("unixNs"u8) ? i : _unix;
            _raw = name.SequenceEqual("rawNs"u8) ? i : _raw;
            _offset = name.SequenceEqual("offsetNs"u8) ? i : _offset;
        }

        if (_unix >= 0 && _raw >= 0 && _offset >= 0)
            return true;
        (_unix, _raw, _offset, _columns) = (0, 1, 2, 7);
        return false;
    }

    /// <summary>A value that is too large for a difference of two of them is none.</summary>
    private static bool TryParse(ReadOnlySpan<byte> text, out long ns) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out ns) && ns is > -4_000_000_000_000_000_000 and < 4_000_000_000_000_000_000;

    /// <summary>At commas that stand in no quotes (RFC 4180).</summary>
    private static int Split(ReadOnlySpan<byte> line, Span<Range> fields)
    {
        var (count, from, isQuoted) = (0, 0, false);
        for (var i = 0; i <= line.Length && count < fields.Length; i++)
        {
            if (i < line.Length && line[i] == '"')
                isQuoted = !isQuoted;
            if (i < line.Length && (line[i] != ',' || isQuoted))
                continue;
            fields[count++] = new(from, i);
            from = i + 1;
        }

        return isQuoted ? 0 : count;
    }
}
