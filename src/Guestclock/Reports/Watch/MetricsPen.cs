using System.Globalization;
using System.Text;

namespace Guestclock.Reports.Watch;

/// <summary>Writes Prometheus' text format 0.0.4: families with their help, and samples with escaped labels.</summary>
internal sealed class MetricsPen(TextWriter output)
{
    /// <summary>Characters of one label's value.</summary>
    private const int LongestLabel = 200;

    private string _family = "";

    public void Family(string name, string type, string help)
    {
        _family = name;
        output.Write($"# HELP {name} {help}\n# TYPE {name} {type}\n");
    }

    public void Sample(double value, params ReadOnlySpan<(string Name, string Value)> labels) => Sample("", value, labels);

    /// <param name="suffix">Of the family's name: <c>_bucket</c>, <c>_sum</c>, <c>_count</c>.</param>
    public void Sample(string suffix, double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        output.Write(_family);
        output.Write(suffix);
        if (labels.Length > 0)
        {
            var first = '{';
            foreach (var (name, text) in labels)
            {
                output.Write($"{first}{name}=\"{Escaped(text)}\"");
                first = ',';
            }

            output.Write('}');
        }

        output.Write(' ');
        output.Write(Number(value));
        output.Write('\n');
    }

    public static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Names come from outside. One that is cut keeps a sum of the whole, so that no two become the same.</summary>
    private static string Escaped(string text)
    {
        if (text.Length > LongestLabel)
            text = $"{text.AsSpan(0, LongestLabel)}~{Sum(text):x8}";
        if (text.AsSpan().IndexOfAny("\\\"\n\r") < 0 && !text.Any(char.IsSurrogate))
            return text;
        var escaped = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '\\' => escaped.Append("\\\\"),
                '"' => escaped.Append("\\\""),
                '\n' => escaped.Append("\\n"),
                '\r' => escaped.Append('\uFFFD'),
                _ => escaped.Append(rune.ToString()),
            };
        }

        return escaped.ToString();
    }

    // FNV-1a.
    private static uint Sum(string text)
    {
        var sum = 2166136261;
        foreach (var c in text)
            sum = unchecked((sum ^ c) * 16777619);
        return sum;
    }
}
