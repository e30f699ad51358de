using System.Text.Json;
using Guestclock.EndToEnd.Guests;
using Guestclock.Lab.Guests;

namespace Guestclock.EndToEnd.Recovery;

/// <summary>
/// The watch's own host is stepped: it runs inside a guest, whose clock may be set. (A host that sleeps cannot be had there: QEMU's emulation
/// suspends no guest in such a way that CLOCK_BOOTTIME and CLOCK_MONOTONIC part.)
/// </summary>
public sealed class HostStepTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_step_of_the_hosts_clock_is_told_at_once_with_its_size()
    {
        await using var host = await SharedGuests.SkipUnlessAvailableAsync(StartAsync());
        // The exact sizes are known only as far as `date` is quick: it reads the clock, and sets it by whole seconds a moment later.
        var result = await host.RunAsync("""
            guestclock watch --qmp '/none/*' --status-socket /run/s --host-unsynchronized warn >/tmp/lines 2>/tmp/complaints & watch=$!
            while ! grep -q '"started"' /tmp/lines; do sleep 0.1; done
            sleep 2
            date -s "@$(($(date +%s) + 3600))" >/dev/null; sleep 1.5
            grep -c host-stepped /tmp/lines
            date -s "@$(($(date +%s) - 7200))" >/dev/null; sleep 1.5
            grep -c host-stepped /tmp/lines
            hwclock --systohc; sleep 1
            kill $watch; wait $watch; echo "code $?"
            cat /tmp/lines /tmp/complaints
            """);
        output.WriteLine($"{result}");
        var lines = result.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("code 0", lines);
        var steps = lines.Where(l => l.StartsWith('{')).Select(l => JsonSerializer.Deserialize<JsonElement>(l)).Where(l => Json.Text(l, "kind") == "host-stepped")
            .Select(l => l.GetProperty("steppedNs").GetInt64() / 1e9).ToArray();
        // Told within 1.5 s, where it is looked for without being woken each 5 s only.
        Assert.Equal(["1", "2"], lines[..2]);
        Assert.Equal(2, steps.Length);
        Assert.InRange(steps[0], 3598.5, 3600.5);
        Assert.InRange(steps[1], -7201.5, -7199.5);
    }

    private static Task<GuestMachine> StartAsync() =>
        GuestMachine.StartAsync(new("stepped", GuestKernel.Linux61) { Cpus = 1, Program = GuestFiles.Program });
}
