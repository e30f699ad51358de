using System.Text;

namespace Guestclock.Formats;

/// <summary>One assignment of a TOML file.</summary>
/// <param name="Line">Line number from 1.</param>
/// <param name="Table">The table's dotted name, <c>synchronization</c>; empty before the first one.</param>
/// <param name="Index">For an array of tables (<c>[[source]]</c>) which of them, from 0; else 0.</param>
/// <param name="Key">Dotted; an inline table's keys are added to it: <c>single-step-panic-threshold.forward</c>.</param>
/// <param name="Value">A string without its quotes; everything else as it is written.</param>
public sealed record TomlEntry(int Line, string Table, int Index, string Key, string Value);

/// <summary>
/// The part of TOML 1.0 that configurations of services use: tables, arrays of tables, strings, numbers, inline tables;
/// arrays and multi-line strings are kept as text. Not a validator.
/// </summary>
public sealed class Toml
{
    private const int Depth = 16;
    private readonly string _text;
    private readonly List<TomlEntry> _entries = [];
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private int _at;
    private int _line = 1;
    private string _table = "";
    private int _index;

    private Toml(string text) => _text = text;

    private char Here => _at < _text.Length ? _text[_at] : '\0';

    public static IReadOnlyList<TomlEntry> Parse(string text)
    {
        var toml = new Toml(text);
        toml.File();
        return toml._entries;
    }

    private void File()
    {
        for (; ; )
        {
            Skip(lines: true);
            if (_at >= _text.Length)
                return;
            if (Here == '[')
                Header();
            else
                Assignment("", 0);
            Skip(lines: false);
            if (_at < _text.Length && Here != '\n')
                throw Unexpected("a line end");
        }
    }

    private void Header()
    {
        _at++;
        var array = Here == '[';
        if (array)
            _at++;
        _table = Key();
        Expect(']');
        if (array)
            Expect(']');
        _index = array ? _counts.GetValueOrDefault(_table, -1) + 1 : 0;
        _counts[_table] = _index;
    }

    private void Assignment(string prefix, int depth)
    {
        if (depth > Depth)
            throw Unexpected($"at most {Depth} nested tables");
        var line = _line;
        var key = prefix + Key();
        Expect('=');
        Skip(lines: false);
        if (Here == '{')
            InlineTable(key + ".", depth + 1);
        else
            _entries.Add(new(line, _table, _index, key, Value()));
    }

    private void InlineTable(string prefix, int depth)
    {
        Expect('{');
        for (; ; )
        {
            Skip(lines: true);
            if (Here == '}')
                break;
            Assignment(prefix, depth);
            Skip(lines: true);
            if (Here != ',')
                break;
            _at++;
        }

        Expect('}');
    }

    private string Key()
    {
        var key = new StringBuilder();
        for (; ; )
        {
            Skip(lines: false);
            if (Here is '"' or '\'')
                key.Append(Text());
            else
                key.Append(While(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'));
            Skip(lines: false);
            if (Here != '.')
                break;
            key.Append('.');
            _at++;
        }

        return key.Length == 0 ? throw Unexpected("a key") : key.ToString();
    }

    private string Value()
    {
        if (Here is '"' or '\'')
            return Text();
        if (Here == '[')
            return Array();
        var value = While(c => c is not ('\n' or '#' or ',' or '}' or ']')).Trim();
        return value.Length == 0 ? throw Unexpected("a value") : value;
    }

    private string Array()
    {
        var start = _at;
        var depth = 0;
        do
        {
            if (_at >= _text.Length)
                throw Unexpected("']'");
            if (Here is '"' or '\'')
            {
                Text();
                continue;
            }

            depth += Here switch { '[' => 1, ']' => -1, _ => 0 };
            if (Here == '#')
                While(c => c != '\n');
            else
                Next();
        }
        while (depth > 0);
        return _text[start.._at];
    }

    private string Text()
    {
        var quote = Here;
        var fence = new string(quote, 3);
        var isLong = string.CompareOrdinal(_text, _at, fence, 0, 3) == 0;
        var close = isLong ? fence : fence[..1];
        _at += close.Length;
        var text = new StringBuilder();
        while (string.CompareOrdinal(_text, _at, close, 0, close.Length) != 0)
        {
            if (_at >= _text.Length || (Here == '\n' && !isLong))
                throw Unexpected("the end of a string");
            if (Here == '\\' && quote == '"' && _at + 1 < _text.Length)
            {
                _at++;
                text.Append(Here switch { 'n' => '\n', 't' => '\t', 'r' => '\r', var c => c });
            }
            else
            {
                text.Append(Here);
            }

            Next();
        }

        _at += close.Length;
        return text.ToString();
    }

    private string While(Func<char, bool> test)
    {
        var start = _at;
        while (_at < _text.Length && test(_text[_at]))
            _at++;
        return _text[start.._at];
    }

    private void Skip(bool lines)
    {
        for (; _at < _text.Length; Next())
        {
            if (Here == '#')
                While(c => c != '\n');
            if (Here is not (' ' or '\t' or '\r') && !(lines && Here == '\n'))
                return;
        }
    }

    private void Next()
    {
        if (Here == '\n')
            _line++;
        _at++;
    }

    private void Expect(char c)
    {
        Skip(lines: false);
        if (Here != c)
            throw Unexpected($"'{c}'");
        _at++;
    }

    private MalformedInputException Unexpected(string expected) =>
        new($"line {_line}", expected, _at < _text.Length ? $"'{(Here == '\n' ? "line end" : Here.ToString())}'" : "the end");
}
