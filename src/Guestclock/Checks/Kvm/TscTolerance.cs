using System.Globalization;
using Guestclock.Facts;

namespace Guestclock.Checks.Kvm;

/// <summary>
/// How far a guest's TSC frequency may be from the host's without hardware scaling: kvm.tsc_tolerance_ppm (arch/x86/kvm/x86.c).
/// </summary>
internal static class TscTolerance
{
    private const long Default = 250;

    public static long Ppm(MachineFacts facts) =>
        facts.Kvm.Parameters.TryGet(out var all) && all.TryGetValue("kvm.tsc_tolerance_ppm", out var text)
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ppm) && ppm is > 0 and <= 1_000_000 ? ppm : Default;

    public static double Khz(long khz, long ppm) => (double)khz * ppm / 1e6;

    /// <summary>Whether a guest's frequency can be given by this host without scaling.</summary>
    public static bool Allows(long hostKhz, long guestHz, long ppm) => Math.Abs((guestHz / 1e3) - hostKhz) <= Khz(hostKhz, ppm);
}
