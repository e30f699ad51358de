using System.Text;

namespace Guestclock.Linux.Recording;

/// <summary>Secrets in kernel command lines and configuration files: <c>name=value</c>, <c>--name value</c>, GRUB's password lines, users
/// in URLs.</summary>
internal static class SecretsInText
{
    /// <summary>GRUB's <c>password …</c> and <c>password_pbkdf2 …</c> (legacy and 2), ntpd's <c>crypto … pw …</c>: all after the
    /// word.</summary>
    public static string RedactPasswordLines(string text)
    {
        if (!text.Contains("password", StringComparison.Ordinal) && !text.Contains("crypto", StringComparison.Ordinal))
            return text;
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].AsSpan();
            var start = line.Length - line.TrimStart(" \t").Length;
            var end = start;
            while (end < line.Length && line[end] is not (' ' or '\t' or '\r' or '='))
                end++;
            var word = line[start..end];
            if (word is not ("password" or "password_pbkdf2" or "crypto") || line[end..].TrimEnd().IsEmpty || line[end] == '=')
                continue;
            lines[i] = string.Concat(line[..end], " ", Redactor.Mark, line[^1] == '\r' ? "\r" : "");
        }

        return string.Join('\n', lines);
    }

    public static string Redact(string text)
    {
        if (!text.Contains('=', StringComparison.Ordinal) && !text.Contains('@', StringComparison.Ordinal)
            && !text.Contains("--", StringComparison.Ordinal))
            return text;
        StringBuilder? to = null;
        var done = 0;
        var quote = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var (start, end) = c switch
            {
                '=' => Assigned(text, i, quote),
                '@' => UserOfUrl(text, i, done),
                '-' => AfterOption(text, i),
                _ => (0, 0),
            };
            quote = After(c, quote);
            if (end <= start || start < done || text.AsSpan(start, end - start).SequenceEqual(Redactor.Mark))
                continue;
            to ??= new(text.Length);
            to.Append(text, done, start - done).Append(Redactor.Mark);
            for (var skipped = i + 1; skipped < start; skipped++)
                quote = After(text[skipped], quote);
            done = end;
            i = end - 1;
        }

        return to is null ? text : to.Append(text, done, text.Length - done).ToString();
    }

    /// <summary>The quote that is open after a character; no quote reaches beyond its line.</summary>
    private static char After(char c, char open) => c switch
    {
        '\n' => '\0',
        '"' or '\'' when open == '\0' => c,
        '"' or '\'' when open == c => '\0',
        _ => open,
    };

    /// <summary>The value after the '=' at <paramref name="at"/>, when its name is that of a secret.</summary>
    private static (int Start, int End) Assigned(string text, int at, char outer)
    {
        var nameEnd = at;
        while (nameEnd > 0 && text[nameEnd - 1] is ' ' or '\t')
            nameEnd--;
        var nameStart = nameEnd;
        while (nameStart > 0 && SecretNames.IsPart(text[nameStart - 1]))
            nameStart--;
        if (nameStart == nameEnd || !SecretNames.IsSecret(text.AsSpan(nameStart, nameEnd - nameStart)))
            return (0, 0);
        var start = at + 1;
        if (nameEnd < at)
        {
            while (start < text.Length && text[start] is ' ' or '\t')
                start++;
        }

        return start < text.Length && text[start] is '"' or '\'' && text[start] != outer
            ? (start + 1, EndOfQuoted(text, start))
            : (start, EndOfWord(text, start, outer));
    }

    private static int EndOfQuoted(string text, int open)
    {
        var end = open + 1;
        while (end < text.Length && text[end] != text[open] && text[end] != '\n')
            end++;
        return end;
    }

    /// <summary>The end of a word; quotes inside it hold white space, unless the whole line stands in such quotes.</summary>
    private static int EndOfWord(string text, int start, char outer)
    {
        var inner = '\0';
        var end = start;
        for (; end < text.Length && text[end] != '\n'; end++)
        {
            var c = text[end];
            if (inner == '\0' && (char.IsWhiteSpace(c) || (outer != '\0' && c == outer)))
                break;
            if (c is '"' or '\'')
                inner = inner == '\0' ? c : inner == c ? '\0' : inner;
        }

        return end;
    }

    /// <summary>The word after <c>--password </c> and its like.</summary>
    private static (int Start, int End) AfterOption(string text, int at)
    {
        if (at + 2 >= text.Length || text[at + 1] != '-' || (at > 0 && !char.IsWhiteSpace(text[at - 1])))
            return (0, 0);
        var end = at + 2;
        while (end < text.Length && SecretNames.IsPart(text[end]))
            end++;
        if (end + 1 >= text.Length || text[end] is not (' ' or '\t') || text[end + 1] == '-'
            || !SecretNames.IsSecret(text.AsSpan(at + 2, end - at - 2)))
            return (0, 0);
        return (end + 1, EndOfWord(text, end + 1, '\0'));
    }

    /// <summary><c>user:password</c> before the '@' of <c>scheme://user:password@host</c> and of dracut's
    /// <c>iscsi:user:password@host</c>.</summary>
    private static (int Start, int End) UserOfUrl(string text, int at, int done)
    {
        var start = at;
        while (start > done && !char.IsWhiteSpace(text[start - 1])
            && text[start - 1] is not ('=' or '"' or '\'' or '<' or '>' or ',' or '@'))
            start--;
        var word = text.AsSpan(start, at - start);
        var scheme = 0;
        while (scheme < word.Length && char.IsAsciiLetter(word[scheme]))
            scheme++;
        if (scheme == 0 || scheme >= word.Length || word[scheme] != ':')
            return (0, 0);
        var from = scheme + 1;
        while (from < word.Length && word[from] == '/')
            from++;
        return word[from..].Contains(':') ? (start + from, at) : (0, 0);
    }
}
