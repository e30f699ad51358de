using System.CommandLine.Completions;
using Guestclock.Linux.Agents;
using Guestclock.Linux.Libvirt;
using Guestclock.Measuring;

namespace Guestclock.Cli.Measure;

/// <summary>What may stand after <c>--reference</c>: the kinds, the devices that this machine has, and the domains that run.</summary>
internal static class ReferenceSuggestions
{
    private const string Guest = "guest:";
    private const int MostDevices = 32;
    private static readonly TimeSpan LibvirtLimit = TimeSpan.FromSeconds(1);

    /// <param name="word">What has been typed; libvirt is asked only where a domain is wanted.</param>
    public static IEnumerable<CompletionItem> For(string word)
    {
        if (word.StartsWith(Guest, StringComparison.Ordinal))
            return Domains().Select(d => new CompletionItem(Guest + d));
        return ReferenceName.Words.Select(w => w is "phc" or "rtc" or "chrony" ? w : w + ":")
            .Concat(Devices("ptp*").Select(d => "phc:" + d)).Concat(Devices("rtc?*").Select(d => "rtc:" + d)).Select(t => new CompletionItem(t));
    }

    private static List<string> Devices(string pattern)
    {
        try
        {
            return [.. Directory.EnumerateFiles("/dev", pattern).Order(StringComparer.Ordinal).Take(MostDevices)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static List<string> Domains()
    {
        try
        {
            using var pool = new LibvirtPool(LibvirtConnection.DefaultUri);
            using var limit = new CancellationTokenSource(LibvirtLimit);
            return [.. LibvirtTargets.RunningAsync(pool, HostClock.Instance, limit.Token).GetAwaiter().GetResult().Select(t => t.Name)];
        }
        catch (Exception e) when (e is AgentException or OperationCanceledException)
        {
            return [];
        }
    }
}
