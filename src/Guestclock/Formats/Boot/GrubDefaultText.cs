namespace Guestclock.Formats.Boot;

/// <summary>/etc/default/grub and its drop-ins as grub-mkconfig reads them, one after the other.</summary>
public static class GrubDefaultText
{
    // The line that tuned appends: the old value and a blank, where there is an old value.
    private const string Appended = "${GRUB_CMDLINE_LINUX_DEFAULT:+$GRUB_CMDLINE_LINUX_DEFAULT }";

    /// <param name="known">What the files before have set; null for the first one.</param>
    public static IReadOnlyDictionary<string, string> Parse(string text, IReadOnlyDictionary<string, string>? known) =>
        ShellVariables.Parse(text.Replace(Appended, "$GRUB_CMDLINE_LINUX_DEFAULT ", StringComparison.Ordinal), known);

    /// <summary>The arguments that an ordinary entry gets from files in this order.</summary>
    public static KernelArguments Together(IEnumerable<string> texts)
    {
        IReadOnlyDictionary<string, string>? variables = null;
        foreach (var text in texts)
            variables = Parse(text, variables);
        return KernelArguments.Parse($"{variables?.GetValueOrDefault("GRUB_CMDLINE_LINUX")} {variables?.GetValueOrDefault("GRUB_CMDLINE_LINUX_DEFAULT")}");
    }
}
