using System.Text;

namespace Guestclock.Formats.Boot;

/// <summary>
/// Words of GRUB 2's script language (GRUB 2 manual, "Shell-like scripting"): quotes, backslashes, $variables, comments, line
/// continuation. Known variables are replaced; others stay as they are written.
/// </summary>
internal ref struct GrubScriptLexer(string text, IReadOnlyDictionary<string, string> variables)
{
    // As much text as variables may add in one file; beyond it they stay as they are written.
    private const int MostExpanded = 1 << 20;

    private readonly StringBuilder _word = new();
    private int _at;
    private int _budget = MostExpanded;

    /// <summary>The line on which the last statement began, from 1.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>Where the words of the last statement stand in the text, where that is wanted.</summary>
    public List<Editing.TextSpan>? Spans { get; init; }

    private int _line = 1;
    private bool _isWord;

    /// <summary>
    /// Reads one statement into <paramref name="words"/>; false at the end of the text. A brace that stands alone ends a statement and is
    /// its last word.
    /// </summary>
    public bool Next(List<string> words)
    {
        words.Clear();
        Spans?.Clear();
        while (_at < text.Length)
        {
            var c = text[_at];
            if (c is '\n' or ';')
            {
                Step();
                if (words.Count > 0)
                    return true;
            }
            else if (char.IsWhiteSpace(c))
            {
                Step();
            }
            else if (c == '\\' && Continues())
            {
                Step();
                Step();
            }
            else if (c == '#')
            {
                while (_at < text.Length && text[_at] != '\n')
                    _at++;
            }
            else
            {
                if (words.Count == 0)
                    Line = _line;
                var start = _at;
                Word(words);
                while (Spans?.Count < words.Count)
                    Spans.Add(new(start, _at));
                if (words.Count > 0 && words[^1] is "{" or "}")
                    return true;
            }
        }

        return words.Count > 0;
    }

    // As in a shell, a variable outside quotes is as many words as its value has: none where that is empty.
    private void Word(List<string> words)
    {
        _word.Clear();
        var quote = '\0';
        _isWord = false;
        for (; _at < text.Length; Step())
        {
            var c = text[_at];
            if (quote == '\0' && (char.IsWhiteSpace(c) || c == ';'))
                break;
            _isWord |= c != '$' || quote != '\0';
            if (c == quote)
                quote = '\0';
            else if (quote == '\0' && c is '"' or '\'')
                quote = c;
            else if (c == '\\' && quote != '\'' && _at + 1 < text.Length)
                Escaped(quote);
            else if (c == '$' && quote != '\'')
                Variable(quote == '\0' ? words : null);
            else
                _word.Append(c);
        }

        if (_isWord || _word.Length > 0)
            words.Add(_word.ToString());
    }

    private void Escaped(char quote)
    {
        var c = text[++_at];
        if (c == '\n')
            return;
        if (quote == '"' && c is not ('"' or '\\' or '$'))
            _word.Append('\\');
        _word.Append(c);
    }

    /// <param name="words">Takes the words that the value ends; null: the value is one word.</param>
    private void Variable(List<string>? words)
    {
        var braces = _at + 1 < text.Length && text[_at + 1] == '{';
        var start = _at + (braces ? 2 : 1);
        var end = start;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
            end++;
        var closed = end > start && (!braces || (end < text.Length && text[end] == '}'));
        var past = braces && closed ? end + 1 : end;
        if (closed && variables.TryGetValue(text[start..end], out var value) && value.Length <= _budget)
        {
            _budget -= value.Length;
            Append(value, words);
        }
        else
        {
            _word.Append(text, _at, Math.Max(past, _at + 1) - _at);
        }

        _at = Math.Max(past, _at + 1) - 1;
    }

    private void Append(string value, List<string>? words)
    {
        foreach (var c in value)
        {
            if (words is null || !char.IsWhiteSpace(c))
            {
                _word.Append(c);
            }
            else if (_word.Length > 0)
            {
                words.Add(_word.ToString());
                _word.Clear();
                _isWord = false;
            }
        }
    }

    private readonly bool Continues() => _at + 1 < text.Length && text[_at + 1] == '\n';

    private void Step()
    {
        if (text[_at] == '\n')
            _line++;
        _at++;
    }
}
