using System.Globalization;
using System.Text;
using Guestclock.Facts;

namespace Guestclock.Linux.Live;

/// <summary>Builds answers of lines <c>key=value</c>.</summary>
public sealed class AnswerText
{
    private readonly StringBuilder _text = new();

    public AnswerText Add(string key, long value) => Add(key, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A value of one line; line ends in it become spaces.</summary>
    public AnswerText Add(string key, string value)
    {
        _text.Append(key).Append('=').Append(value.Replace('\n', ' ')).Append('\n');
        return this;
    }

    public Fact<byte[]> ToFact(string source) => Fact.Known(Encoding.UTF8.GetBytes(_text.ToString()), source);
}
