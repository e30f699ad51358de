namespace Guestclock.Formats.Agent;

/// <summary>
/// The arguments of qemu-ga(8) that matter here; null where not given. A later argument replaces an earlier one and the configuration
/// file.
/// </summary>
public sealed record QemuGaArguments(string? Config, string? Method, string? Path, IReadOnlyList<string>? Blocked,
    IReadOnlyList<string>? Allowed)
{
    /// <param name="words">The command line without the program; words may be empty.</param>
    public static QemuGaArguments Parse(IReadOnlyList<string> words)
    {
        string? config = null, method = null, path = null, blocked = null, allowed = null;
        for (var i = 0; i < words.Count; i++)
        {
            if (Option(words[i]) is not { } option)
                continue;
            var value = option.Value;
            if (value is null && i + 1 < words.Count)
                value = words[++i];
            switch (option.Key)
            {
                case 'c': config = value; break;
                case 'm': method = value; break;
                case 'p': path = value; break;
                case 'b': blocked = value; break;
                case 'a': allowed = value; break;
            }
        }

        return new(config, method, path, QemuGaConf.List(blocked), QemuGaConf.List(allowed));
    }

    /// <summary>The option's letter and the value that stands in the same word; null for what is none of these options.</summary>
    private static (char Key, string? Value)? Option(string word)
    {
        if (word.StartsWith("--", StringComparison.Ordinal))
        {
            var at = word.IndexOf('=', StringComparison.Ordinal);
            char? key = (at < 0 ? word : word[..at]) switch
            {
                "--config" => 'c',
                "--method" => 'm',
                "--path" => 'p',
                "--block-rpcs" or "--blacklist" => 'b',
                "--allow-rpcs" => 'a',
                _ => null,
            };
            return key is { } k ? (k, at < 0 ? null : word[(at + 1)..]) : null;
        }

        if (word.Length < 2 || word[0] != '-' || word[1] is not ('c' or 'm' or 'p' or 'b' or 'a'))
            return null;
        return (word[1], word.Length > 2 ? word[2..] : null);
    }
}
