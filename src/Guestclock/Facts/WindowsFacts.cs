using Guestclock.Formats;

namespace Guestclock.Facts;

/// <summary>A Windows system partition below the root.</summary>
public sealed record WindowsFacts
{
    public Fact<BootIni> BootIni { get; init; } = Fact<BootIni>.None;

    /// <summary>
    /// The file that shows Windows Vista or later, which reads BCD and not boot.ini: <c>/bootmgr</c>, <c>/Boot/BCD</c>, an EFI folder.
    /// </summary>
    public Fact<string> BootManager { get; init; } = Fact<string>.None;
}
