using System.Text.Json;

namespace Guestclock.EndToEnd.Fixing;

/// <summary>
/// The proof of <c>fix</c> and <c>rollback</c>: a Debian that boots by its own GRUB, broken on purpose, is repaired by the published program, is
/// sound after a reboot, and is put back to the byte.
/// </summary>
public sealed class FixInGuestTests
{
    private static readonly string[] Broken =
        ["boot-parameters", "time-service-running", "time-service-enabled", "clock-synchronized", "guest-agent-time-allowed"];

    /// <summary>Each file below /etc and /boot with its type, mode, owner, size, time of change, target and content; folders without size and time.</summary>
    private const string Listed = """
        cd /
        find etc boot ! -type d -printf '%p %y %m %U:%G %s %T@ %l\n' | sort
        find etc boot -type d -printf '%p %y %m %U:%G\n' | sort
        find etc boot -type f -exec sha256sum {} + | sort -k 2
        """;

    [Fact]
    public async Task What_was_broken_on_purpose_is_found_repaired_sound_after_a_reboot_and_put_back()
    {
        await using var broken = await BrokenGuest.BootAsync();
        var guest = broken.Machine;
        var found = await ComplaintsAsync(guest);
        Assert.Superset(Broken.ToHashSet(StringComparer.Ordinal), found);
        var before = await guest.RunAsync(Listed);

        var planned = Reports.Fix(await guest.RunAsync("guestclock fix --dry-run --format json", 0, 1, 2));
        Assert.Equal("dry-run", planned.State);
        Assert.Equal(before, await guest.RunAsync(Listed));

        await KillAsync(guest, before);
        await RepairAsync(guest);
        await guest.RebootAsync();

        var arguments = (await guest.RunAsync("cat /proc/cmdline")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["console=ttyS0", "guestclock.note=kept", "quiet"], arguments[3..]);
        await guest.RunAsync("chronyc waitsync 60 0.1 0 1");
        Assert.Empty(await ComplaintsAsync(guest));
        Assert.Equal(0, Reports.Fix(await guest.RunAsync("guestclock fix --dry-run --format json")).Steps);

        await RollBackAsync(guest);
        Assert.Equal(before, await guest.RunAsync(Listed));
    }

    /// <summary>Killed while update-grub writes the menu, which only a real one does: what was begun is undone.</summary>
    private static async Task KillAsync(DebianGuest guest, string before)
    {
        await guest.RunAsync("""
            guestclock fix --yes >/dev/null 2>&1 & fix=$!
            until test -e /boot/grub/grub.cfg.new; do sleep 0.02; kill -0 $fix || exit; done
            kill -9 $fix; wait $fix
            test $? = 137
            """);
        Assert.NotEqual(before, await guest.RunAsync(Listed));
        await guest.RunAsync("guestclock rollback");
        Assert.Equal(before, await guest.RunAsync(Listed));
    }

    /// <summary>First what is safe, then by name what may step the clock, then what only shows when the service runs.</summary>
    private static async Task RepairAsync(DebianGuest guest)
    {
        var safe = Reports.Fix(await guest.RunAsync("guestclock fix --yes --format json", 0, 1, 2));
        Assert.Equal("applied", safe.State);
        Assert.Equal("next-boot", safe.Findings["boot-parameters"]);
        Assert.Equal("gone", safe.Findings["guest-agent-time-allowed"]);
        Assert.Equal("inactive\n", await guest.RunAsync("systemctl is-active chrony", 3));

        var named = Reports.Fix(await guest.RunAsync("guestclock fix --yes --only time-service-running --format json", 0, 1, 2));
        Assert.Equal(("applied", "gone"), (named.State, named.Findings["time-service-running"]));
        Assert.Equal("active\n", await guest.RunAsync("systemctl is-active chrony"));

        // How the service steps shows when it runs; it may have been seen to already.
        await guest.RunAsync("guestclock fix --yes --only step-policy,rtc-synced", 0, 1, 2);
        Assert.Contains("makestep 1 -1\n", await guest.RunAsync("chronyd -p -f /etc/chrony/chrony.conf"), StringComparison.Ordinal);
    }

    /// <summary>All runs, newest first.</summary>
    private static async Task RollBackAsync(DebianGuest guest)
    {
        using var runs = JsonDocument.Parse(await guest.RunAsync("guestclock rollback --list --format json"));
        for (var applied = runs.RootElement.GetProperty("runs").EnumerateArray().Count(r => r.GetProperty("state").GetString() == "applied"); applied > 0; applied--)
            await guest.RunAsync("guestclock rollback last");
    }

    private static async Task<HashSet<string>> ComplaintsAsync(DebianGuest guest) =>
        Reports.Complaints(await guest.RunAsync("guestclock check --format json", 0, 1, 2));
}
