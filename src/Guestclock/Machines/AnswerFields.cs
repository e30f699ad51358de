using System.Globalization;
using Guestclock.Formats;

namespace Guestclock.Machines;

/// <summary>An answer of lines <c>key=value</c>; the first of equal keys counts.</summary>
public sealed class AnswerFields
{
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);

    public IEnumerable<KeyValuePair<string, string>> All => _fields;

    public static AnswerFields Parse(string text)
    {
        var answer = new AnswerFields();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = line.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
                throw new MalformedInputException("answer", "key=value", $"'{line}'");
            answer._fields.TryAdd(line[..at], line[(at + 1)..].TrimEnd('\r'));
        }

        return answer;
    }

    public string? Find(string key) => _fields.GetValueOrDefault(key);

    public string Text(string key) => Find(key) ?? throw new MalformedInputException("answer", $"the field {key}", "none");

    public long Number(string key) =>
        long.TryParse(Text(key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new MalformedInputException($"field {key}", "a whole number", $"'{Text(key)}'");

    public long? FindNumber(string key) => Find(key) is null ? null : Number(key);
}
