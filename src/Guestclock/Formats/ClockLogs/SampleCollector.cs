using System.Text;

namespace Guestclock.Formats.ClockLogs;

/// <summary>Gathers samples by source, in columns.</summary>
/// <param name="kind">What the values are.</param>
internal sealed class SampleCollector(SampleKind kind)
{
    private const int MostSources = 1000;
    private const int LongestName = 64;
    private const int MostSamples = 100_000_000;

    private readonly Dictionary<string, Column> _columns = new(StringComparer.Ordinal);
    private readonly List<Column> _order = [];
    private Column? _last;

    public long Count { get; private set; }

    /// <param name="atS">NaN where the log has no times.</param>
    public void Add(ReadOnlySpan<byte> source, double atS, double value)
    {
        if (++Count > MostSamples)
            throw new MalformedInputException($"more than {MostSamples} samples; analyze a part of it");
        var column = _last is { } last && source.SequenceEqual(last.Source) ? last : Find(source);
        _last = column;
        if (!double.IsNaN(atS))
            column.AtS.Add(atS);
        column.Values.Add(value);
    }

    /// <summary>What was gathered; the collector is empty afterwards.</summary>
    public List<ClockLogSeries> Take()
    {
        var series = new List<ClockLogSeries>(_order.Count);
        foreach (var column in _order)
        {
            series.Add(new(column.Name, kind, [.. column.AtS], [.. column.Values]));
            column.AtS = [];
            column.Values = [];
        }

        _columns.Clear();
        _order.Clear();
        _last = null;
        return series;
    }

    private Column Find(ReadOnlySpan<byte> source)
    {
        Span<char> name = stackalloc char[LongestName];
        name = name[..Encoding.Latin1.GetChars(source[..Math.Min(source.Length, LongestName)], name)];
        var lookup = _columns.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(name, out var found))
            return found;
        if (_order.Count == MostSources)
            throw new MalformedInputException($"more than {MostSources} sources");
        var column = new Column(name.ToString(), source.ToArray());
        lookup[name] = column;
        _order.Add(column);
        return column;
    }

    private sealed class Column(string name, byte[] source)
    {
        public string Name => name;

        public byte[] Source => source;

        public List<double> AtS { get; set; } = [];

        public List<double> Values { get; set; } = [];
    }
}
