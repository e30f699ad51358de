using System.Globalization;
using System.Text.Json;
using Guestclock.EndToEnd.Guests;
using Guestclock.Lab.Guests;

namespace Guestclock.EndToEnd;

/// <summary>
/// The PTP clock of an emulated network card (QEMU's igb, an Intel 82576), with <c>phc_ctl</c> of linuxptp as the referee.
/// No other test uses this guest, so these may set its clock.
/// </summary>
public sealed class PtpClockTests(SharedGuests guests)
{
    private const string Guest = "qemu-tcg-6.1-ptp";
    private const string Referee = "offset from CLOCK_REALTIME is ";
    private const long Second = 1_000_000_000;

    /// <summary>What phc_ctl's own reading may be off by.</summary>
    private const long RefereeNs = 20_000;

    [Fact]
    public async Task A_reading_agrees_with_that_of_phc_ctl()
    {
        var guest = await guests.GetAsync(Guest);
        var (before, clocks, after) = await ReadAsync(guest, "phc_ctl /dev/ptp0 -- set adj 7");
        var clock = clocks["/dev/ptp0"];
        AssertBetween(before, after, clock);
        Assert.InRange(OffsetNs(clock), 2 * Second, 7 * Second); // As it was set, less what setting took.
        // igb names its clock after the card's address, and has no cross timestamps.
        var address = await guest.RunAsync("cat /sys/class/net/eth1/address");
        Assert.Equal(address.Stdout.Trim().Replace(":", "", StringComparison.Ordinal), clock.GetProperty("clockName").GetString());
        Assert.Equal("extended", Value(clock).GetProperty("method").GetString());
    }

    [Fact]
    public async Task A_clock_that_is_set_moves_by_as_much_and_others_are_read_beside_it()
    {
        var guest = await guests.GetAsync(Guest);
        try
        {
            // Virtual clocks start at 1970, as many cards do until they are set; the second is set beyond what is read.
            var (before, clocks, after) = await ReadAsync(guest, """
                phc_ctl /dev/ptp0 -- set adj -3600.5
                echo 2 >/sys/class/ptp/ptp0/n_vclocks
                phc_ctl /dev/ptp2 -- set 5000000000
                """);
            var clock = clocks["/dev/ptp0"];
            AssertBetween(before, after, clock);
            Assert.InRange(OffsetNs(clock), -3606 * Second, -3600 * Second);
            Assert.Equal(["/dev/ptp0", "/dev/ptp1", "/dev/ptp2"], clocks.Keys.Order(StringComparer.Ordinal));
            Assert.Equal("ptp0_virt", clocks["/dev/ptp1"].GetProperty("clockName").GetString());
            var now = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;
            Assert.InRange(OffsetNs(clocks["/dev/ptp1"]), -now - (60 * Second), -now + (60 * Second));
            var unreadable = clocks["/dev/ptp2"].GetProperty("reading");
            Assert.Equal("malformed", unreadable.GetProperty("state").GetString());
            Assert.Contains("found 50000000", unreadable.GetProperty("why").GetString(), StringComparison.Ordinal);
        }
        finally
        {
            await guest.RunAsync("echo 0 >/sys/class/ptp/ptp0/n_vclocks");
        }
    }

    [Fact]
    public async Task Who_may_not_open_the_clock_is_told_so()
    {
        var guest = await guests.GetAsync(Guest);
        var clocks = Clocks((await guest.RunAsync("su -s /bin/sh _chrony -c 'guestclock facts'")).Stdout);
        var reading = clocks["/dev/ptp0"].GetProperty("reading");
        Assert.Equal(("denied", "permission denied"), (reading.GetProperty("state").GetString(), reading.GetProperty("why").GetString()));
    }

    [Fact]
    public async Task Check_does_not_take_a_network_cards_clock_for_the_hypervisors()
    {
        var guest = await guests.GetAsync(Guest);
        using var report = JsonDocument.Parse((await guest.RunAsync("guestclock check --format json")).Stdout);
        var checks = report.RootElement.GetProperty("checks").EnumerateArray().ToDictionary(c => c.GetProperty("id").GetString()!);
        foreach (var id in (string[])["phc-available", "phc-loaded-at-boot", "phc-refclock", "phc-selected", "vmclock-present"])
            Assert.Equal((id, "not-applicable"), (id, checks[id].GetProperty("status").GetString()));
        var evidence = Assert.Single(checks["phc-available"].GetProperty("evidence").EnumerateArray());
        Assert.StartsWith("/dev/ptp0 ", evidence.GetProperty("value").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Measure_agrees_with_phc_ctl_within_its_bound()
    {
        var guest = await guests.GetAsync(Guest);
        Assert.Equal(0, (await guest.RunAsync("phc_ctl /dev/ptp0 -- set adj 5.25")).ExitCode);
        var result = await guest.RunAsync(
            "phc_ctl -q /dev/ptp0 cmp >&2; guestclock measure --reference phc:/dev/ptp0 --count 5 --interval 100ms --format json; phc_ctl -q /dev/ptp0 cmp >&2");
        var (before, measured, after) = Measured(result);
        using (measured)
        {
            var pair = measured.RootElement.GetProperty("pair");
            Assert.StartsWith("PHC /dev/ptp0 (", pair.GetProperty("reference").GetString(), StringComparison.Ordinal);
            Assert.StartsWith("PTP_SYS_OFFSET_EXTENDED: ", pair.GetProperty("method").GetString(), StringComparison.Ordinal);
            var samples = measured.RootElement.GetProperty("samples").EnumerateArray().ToList();
            Assert.Equal(5, samples.Count);
            foreach (var (offsetNs, boundNs) in samples.Select(Sample))
            {
                Assert.InRange(boundNs, 1, Second / 1000);
                // System clock − PHC, the opposite of what the facts say: the PHC was set ahead.
                Assert.InRange(offsetNs, Math.Min(before, after) - boundNs - RefereeNs, Math.Max(before, after) + boundNs + RefereeNs);
                Assert.InRange(offsetNs, -5_250_000_000, -2 * Second);
            }
        }
    }

    /// <summary>An emulated RTC has no referee of its own; but when the system clock is set, it must seem to move as much as the PHC does to phc_ctl.</summary>
    [Fact]
    public async Task Measure_reads_the_RTC_by_its_edge()
    {
        const string Measure = "phc_ctl -q /dev/ptp0 cmp >&2; guestclock measure --reference rtc --count 1 --format json; phc_ctl -q /dev/ptp0 cmp >&2";
        var guest = await guests.GetAsync(Guest);
        var (phc, rtc, boundNs) = Rtc(await guest.RunAsync(Measure));
        Assert.Equal(0, (await guest.RunAsync("date -s @$(($(date +%s) + 3))")).ExitCode);
        var (phcAfter, rtcAfter, boundAfterNs) = Rtc(await guest.RunAsync(Measure));
        Assert.InRange(phcAfter - phc, Second, 4 * Second);
        var slack = boundNs + boundAfterNs + RefereeNs + (Second / 10_000);
        Assert.InRange(rtcAfter - rtc, phcAfter - phc - slack, phcAfter - phc + slack);
        Assert.Equal("no", (await guest.RunAsync("sed -n 's/^update_IRQ[^:]*: //p' /proc/driver/rtc")).Stdout.Trim());
    }

    /// <summary>What phc_ctl says that the system clock is ahead of the PHC, and what measure says that it is ahead of the RTC.</summary>
    private static (long PhcNs, long RtcNs, long BoundNs) Rtc(GuestResult result)
    {
        var (before, measured, after) = Measured(result);
        using (measured)
        {
            var pair = measured.RootElement.GetProperty("pair");
            Assert.Equal("RTC rtc0", pair.GetProperty("reference").GetString());
            Assert.Contains("RTC_UIE", pair.GetProperty("method").GetString(), StringComparison.Ordinal);
            var (offsetNs, boundNs) = Sample(Assert.Single(measured.RootElement.GetProperty("samples").EnumerateArray()));
            Assert.InRange(boundNs, 1, Second / 10);
            return (before + ((after - before) / 2), offsetNs, boundNs);
        }
    }

    private static (long Before, JsonDocument Measured, long After) Measured(GuestResult result)
    {
        var lines = result.Stderr.Split('\n').Where(line => line.Contains(Referee, StringComparison.Ordinal)).ToList();
        Assert.True(lines.Count == 2, $"{result}");
        return (-AheadNs(lines[0]), JsonDocument.Parse(result.Stdout), -AheadNs(lines[1]));
    }

    private static (long OffsetNs, long BoundNs) Sample(JsonElement sample) =>
        sample.TryGetProperty("offsetNs", out var offset) ? (offset.GetInt64(), sample.GetProperty("boundNs").GetInt64())
            : throw new InvalidOperationException($"{sample}");

    /// <summary>The facts of the PTP clocks, and what phc_ctl read of the first one before and after, in nanoseconds ahead of the system.</summary>
    private static async Task<(long Before, Dictionary<string, JsonElement> Clocks, long After)> ReadAsync(GuestMachine guest, string prepare)
    {
        var prepared = await guest.RunAsync($"set -e\n{prepare}");
        Assert.True(prepared.ExitCode == 0, $"{prepared}");
        // An emulated guest on a busy machine may need longer than a probe's two seconds.
        const string Reading = "phc_ctl -q /dev/ptp0 cmp >&2; guestclock facts; phc_ctl -q /dev/ptp0 cmp >&2";
        var result = await guest.RunAsync(Reading);
        for (var tries = 1; tries < 4 && !IsKnown(result.Stdout); tries++)
            result = await guest.RunAsync(Reading);
        var lines = result.Stderr.Split('\n').Where(line => line.Contains(Referee, StringComparison.Ordinal)).ToList();
        Assert.True(lines.Count == 2, $"{result}");
        return (AheadNs(lines[0]), Clocks(result.Stdout), AheadNs(lines[1]));
    }

    /// <summary>phc_ctl says how much the system clock is ahead of the PHC; this is the opposite.</summary>
    private static long AheadNs(string line)
    {
        var number = line[(line.IndexOf(Referee, StringComparison.Ordinal) + Referee.Length)..].TrimEnd();
        return -long.Parse(number[..^"ns".Length], CultureInfo.InvariantCulture);
    }

    private static bool IsKnown(string facts)
    {
        using var document = JsonDocument.Parse(facts);
        return document.RootElement.GetProperty("facts").GetProperty("devices").GetProperty("ptpClocks").TryGetProperty("value", out _);
    }

    private static Dictionary<string, JsonElement> Clocks(string facts)
    {
        using var document = JsonDocument.Parse(facts);
        var clocks = document.RootElement.GetProperty("facts").GetProperty("devices").GetProperty("ptpClocks").GetProperty("value");
        return clocks.EnumerateArray().ToDictionary(c => c.GetProperty("device").GetString()!, c => c.Clone());
    }

    /// <summary>The clocks drift apart evenly, so that a reading lies between those before and after it.</summary>
    private static void AssertBetween(long before, long after, JsonElement clock)
    {
        var bound = Value(clock).GetProperty("boundNs").GetInt64();
        Assert.InRange(bound, 1, Second / 1000);
        var slack = bound + RefereeNs;
        Assert.InRange(OffsetNs(clock), Math.Min(before, after) - slack, Math.Max(before, after) + slack);
    }

    private static long OffsetNs(JsonElement clock) => Value(clock).GetProperty("offsetNs").GetInt64();

    private static JsonElement Value(JsonElement clock)
    {
        var reading = clock.GetProperty("reading");
        Assert.True(reading.GetProperty("state").GetString() == "known", $"{reading}");
        return reading.GetProperty("value");
    }
}
