using System.Globalization;
using Guestclock.Trials.Clocks.Evidence;

namespace Guestclock.Trials.Clocks;

/// <summary>Parts per million as people read them.</summary>
internal static class Ppm
{
    public static string Of(double ppm) => Number(ppm) + " ppm";

    public static string Of(RateReading rate) => Of(rate.ErrorPpm, rate.BoundPpm);

    public static string Of(double ppm, double boundPpm) => $"{Number(ppm)} ppm ± {boundPpm.ToString("0.###", CultureInfo.InvariantCulture)} ppm";

    private static string Number(double ppm) => (Math.Round(ppm, 3) + 0.0).ToString(Math.Abs(ppm) < 10 ? "0.###" : "0.#", CultureInfo.InvariantCulture);
}
