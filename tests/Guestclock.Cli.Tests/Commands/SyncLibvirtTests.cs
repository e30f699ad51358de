using System.Runtime.InteropServices;
using System.Text.Json;

namespace Guestclock.Cli.Tests.Commands;

/// <summary>sync for domains, on libvirt's test driver: one running domain named test, which has no agent.</summary>
public class SyncLibvirtTests
{
    private const string Uri = "test:///default";

    [Fact]
    public void All_domains_that_run_are_reported()
    {
        Need();
        using var report = JsonDocument.Parse(Run.Of("sync", "--all", "--connect", Uri, "--format", "json").Ends(ExitCodes.Unknown).Out);
        Assert.Contains("no-channel", report.RootElement.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_domain_that_is_not_there_is_said_beside_the_others()
    {
        Need();
        var run = Run.Of("sync", "--domain", "test", "--domain", "nobody", "--connect", Uri).Ends(ExitCodes.Unknown);
        Assert.Contains("nobody", run.Out, StringComparison.Ordinal);
        Assert.Contains("test", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_libvirt_that_is_not_there_is_one_sentence()
    {
        Need();
        var run = Run.Of("sync", "--all", "--connect", "qemu+unix:///system?socket=/nonexistent").Ends(ExitCodes.Unknown);
        Assert.Contains("/nonexistent", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("--all", "--domain", "test", "--connect", Uri)]
    [InlineData("--agent", "/nonexistent", "--all")]
    [InlineData("--agent", "/nonexistent", "--connect", Uri)]
    [InlineData("--connect", Uri)]
    public void Ways_to_a_guest_that_exclude_each_other_are_refused(params string[] options) =>
        Run.Of(["sync", .. options]).Ends(ExitCodes.Usage);

    private static void Need() => Assert.SkipUnless(NativeLibrary.TryLoad("libvirt.so.0", out _), "needs libvirt.so.0");
}
