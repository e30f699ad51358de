namespace Guestclock.Formats;

/// <summary>boot.ini of Windows 2000, XP and Server 2003 (KB 895980, KB 833721).</summary>
/// <param name="Default">The ARC path of <c>default=</c>, or null.</param>
public sealed record BootIni(string? Default, IReadOnlyList<BootIniEntry> Entries)
{
    /// <summary>Lines outside [boot loader] that are no entries; ntldr does not read them.</summary>
    public IReadOnlyList<BootIniLine> Strays { get; init; } = [];
}

/// <summary>One line that is no entry.</summary>
/// <param name="Number">Line number from 1.</param>
public sealed record BootIniLine(int Number, string Text);

/// <summary>One line of [operating systems].</summary>
/// <param name="Line">Line number from 1.</param>
/// <param name="Path">The ARC path before '='.</param>
/// <param name="Switches">What follows the title, as written, such as <c>/fastdetect</c>.</param>
public sealed record BootIniEntry(int Line, string Path, string Title, IReadOnlyList<string> Switches)
{
    public bool Has(string option) => Switches.Contains(option, StringComparer.OrdinalIgnoreCase);
}
