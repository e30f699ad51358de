using System.Diagnostics;
using System.Text.Json;
using Guestclock.EndToEnd.Guests;
using Guestclock.EndToEnd.Libvirt;
using Guestclock.Lab.Guests;

namespace Guestclock.EndToEnd.Recovery;

/// <summary><c>guestclock watch</c> and <c>sync</c> of the published binary on a real guest of a real libvirtd.</summary>
public sealed class WatchLibvirtTests(ITestOutputHelper output)
{
    private const string Guest = "guest";

    [Fact]
    public async Task A_guest_of_libvirt_is_recovered_after_a_suspend_a_restart_of_libvirtd_and_a_restore()
    {
        await using var libvirt = PrivateLibvirt.Create();
        var variant = new GuestVariant(Guest, GuestKernel.Linux61) { Agent = true, Referee = true };
        var boot = await SharedGuests.SkipUnlessAvailableAsync(GuestBoot.PrepareAsync(variant, libvirt.Folder, new(), default));
        var xml = Path.Combine(libvirt.Folder, "guest.xml");
        await File.WriteAllTextAsync(xml, LibvirtGuestXml.Of(Guest, boot, libvirt.Folder));
        await using var watch = WatchProcess.Start("--libvirt", libvirt.Uri);
        await watch.UntilAsync("that libvirt is not reached", l => Json.Text(l, "kind") == "source");
        libvirt.Up();
        await UpAsync(libvirt);
        await libvirt.VirshAsync("create", xml);
        await watch.EventAsync("started");
        await watch.RightAsync("started");

        var referee = await RefereeAsync(libvirt);
        await libvirt.VirshAsync("suspend", Guest);
        await Task.Delay(3000);
        await libvirt.VirshAsync("resume", Guest);
        await AgreesAsync(referee, await watch.RecoveryAsync("recovered", "resumed"));

        // Nobody tells what happens while libvirtd is dead.
        libvirt.Down();
        await watch.UntilAsync("that the connection is lost", l => Json.Text(l, "kind") == "source");
        await referee.SetAsync(TimeSpan.FromSeconds(-5));
        libvirt.Up();
        await AgreesAsync(referee, await watch.RecoveryAsync("recovered", "found"));

        var image = Path.Combine(libvirt.Folder, "saved");
        await libvirt.VirshAsync("save", Guest, image);
        await watch.EventAsync("gone");
        await referee.DisposeAsync();
        await Task.Delay(2000);
        await libvirt.VirshAsync("restore", image);
        await using var again = await RefereeAsync(libvirt);
        await AgreesAsync(again, await watch.RecoveryAsync("recovered"));

        var sync = await Binary.RunAsync(["sync", "--domain", Guest, "--connect", libvirt.Uri, "--within", "100ms"]);
        output.WriteLine(sync.Out);
        sync.Ends(0);
        Assert.Equal(0, (await watch.StopAsync()).ExitCode);
        Assert.DoesNotContain("   at ", watch.Complaints, StringComparison.Ordinal);
    }

    /// <summary>Held by this test, so that the watch has libvirt's channel only.</summary>
    private static Task<TruthTeller> RefereeAsync(PrivateLibvirt libvirt) => TruthTeller.ConnectAsync(new GuestSockets(libvirt.Folder).RefereeSocket);

    private Task AgreesAsync(TruthTeller referee, JsonElement told)
    {
        output.WriteLine(Json.Text(told, "message")!);
        return referee.AgreesAsync(Json.Offset(told, "after")!.Value);
    }

    private static async Task UpAsync(PrivateLibvirt libvirt)
    {
        for (var clock = Stopwatch.StartNew(); !File.Exists(Path.Combine(libvirt.Folder, "libvirt-sock")); await Task.Delay(50))
            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(1), "libvirtd does not start");
    }
}
