using Guestclock.Formats;

namespace Guestclock.Facts;

/// <summary>A Windows system partition below the root.</summary>
public sealed record WindowsFacts
{
    public Fact<BootIni> BootIni { get; init; } = Fact<BootIni>.None;
}
