using System.CommandLine.Completions;
using Guestclock.Measuring;

namespace Guestclock.Cli.Measure;

/// <summary>What may stand after <c>--reference</c>: the kinds, and the devices that this machine has.</summary>
internal static class ReferenceSuggestions
{
    public static IEnumerable<CompletionItem> All()
    {
        foreach (var word in ReferenceName.Words)
            yield return new(word is "phc" or "rtc" or "chrony" ? word : word + ":");
        foreach (var device in Devices("ptp*").Select(d => "phc:" + d).Concat(Devices("rtc?*").Select(d => "rtc:" + d)))
            yield return new(device);
    }

    private static IEnumerable<string> Devices(string pattern)
    {
        try
        {
            return [.. Directory.EnumerateFiles("/dev", pattern).Order(StringComparer.Ordinal).Take(32)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
