namespace Guestclock.Formats;

/// <summary>
/// A kernel command line. Arguments are separated by white space outside double quotes, as next_arg of lib/cmdline.c does;
/// in names, '-' and '_' are the same to the kernel (parameq of kernel/params.c). What follows a bare <c>--</c> belongs to init and is left out.
/// </summary>
public sealed class KernelArguments
{
    private KernelArguments(string text, IReadOnlyList<KernelArgument> all)
    {
        Text = text;
        All = all;
    }

    /// <summary>The line as it was written.</summary>
    public string Text { get; }

    /// <summary>The kernel's arguments, in their order.</summary>
    public IReadOnlyList<KernelArgument> All { get; }

    public static KernelArguments Parse(string text)
    {
        var all = new List<KernelArgument>();
        var start = -1;
        var quoted = false;
        for (var i = 0; i <= text.Length; i++)
        {
            var ends = i == text.Length || (!quoted && char.IsWhiteSpace(text[i]));
            if (ends && start >= 0)
            {
                if (text.AsSpan(start, i - start) is "--")
                    break;
                all.Add(KernelArgument.Parse(text[start..i]));
                start = -1;
            }
            else if (!ends)
            {
                if (start < 0)
                    start = i;
                if (text[i] == '"')
                    quoted = !quoted;
            }
        }

        return new(text.Trim(), all);
    }

    /// <summary>The last argument of that name, which is the one that counts for nearly all parameters; null if there is none.</summary>
    public KernelArgument? Find(string name) => All.LastOrDefault(a => a.Is(name));

    public bool Has(string name) => Find(name) is not null;

    /// <summary>The value of the last argument of that name; null if there is none or it has no value.</summary>
    public string? Value(string name) => Find(name)?.Value;

    public override string ToString() => Text;
}

/// <summary>One argument: <c>name</c> or <c>name=value</c>; surrounding double quotes of the value are removed.</summary>
public sealed record KernelArgument(string Name, string? Value, string Text)
{
    public static KernelArgument Parse(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return at < 0 ? new(Unquote(text), null, text) : new(Unquote(text[..at]), Unquote(text[(at + 1)..]), text);
    }

    public bool Is(string name) => string.Equals(Name.Replace('-', '_'), name.Replace('-', '_'), StringComparison.Ordinal);

    private static string Unquote(string text) => text.Replace("\"", "", StringComparison.Ordinal);
}
