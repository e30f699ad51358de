namespace Guestclock.Linux.Recording;

/// <summary>Which names are those of secrets.</summary>
internal static class SecretNames
{
    private static readonly string[] Anywhere = ["passw", "passphrase", "secret", "token", "credential"];

    private static readonly string[] Whole = ["key", "keys", "pass", "pw", "pwd", "psk"];

    /// <summary>
    /// True for <c>password</c>, <c>rd.iscsi.passwd</c>, <c>GRUB2_PASSWORD</c>, <c>api-token</c>, <c>luks.key</c>, <c>authkey</c>;
    /// false for <c>keymap</c>, <c>keyfile</c>, <c>hotkeys</c>, and for references by id such as <c>password-secret</c>.
    /// </summary>
    public static bool IsSecret(ReadOnlySpan<char> name)
    {
        if (name.EndsWith("-secret", StringComparison.OrdinalIgnoreCase))
            return false;
        foreach (var part in Anywhere)
        {
            if (name.Contains(part, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        var last = name[(name.LastIndexOfAny('.', '_', '-') + 1)..];
        foreach (var word in Whole)
        {
            if (last.Equals(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return last.Length > 3 && last.EndsWith("key", StringComparison.OrdinalIgnoreCase)
            && !last.Equals("hotkey", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>True for the characters of a name.</summary>
    public static bool IsPart(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-';
}
