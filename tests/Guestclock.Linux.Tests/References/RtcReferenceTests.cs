using Guestclock.Linux.Native;
using Guestclock.Linux.References;
using Guestclock.Measuring;
using Guestclock.Testing;

namespace Guestclock.Linux.Tests.References;

/// <summary>RTCs that are made up of the system clock; the end-to-end test reads an emulated one.</summary>
public class RtcReferenceTests
{
    private const long Second = 1_000_000_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, "the update interrupt (RTC_UIE) tells when to expect it, a test's RTC before and after it bounds it")]
    [InlineData(false, "a test's RTC before and after it bounds it; there is no update interrupt")]
    public async Task The_edge_is_found_with_and_without_an_interrupt(bool hasInterrupt, string method)
    {
        // The RTC is 1.7 s ahead of the system clock.
        using var rtc = new Rtc(now => now + 1_700_000_000) { HasInterrupt = hasInterrupt };
        using var reference = Reference(rtc);
        for (var i = 0; i < 2; i++)
        {
            var sample = await SampleAsync(reference);
            Assert.InRange(sample.OffsetNs, -1_700_000_000 - sample.BoundNs, -1_700_000_000 + sample.BoundNs);
            Assert.InRange(sample.BoundNs, 1, Second / 2);
            Assert.InRange(sample.Parts.Single(p => p.Name == "reading").Ns, sample.DelayNs / 2, sample.BoundNs);
        }

        Assert.EndsWith(method, reference.Pair.Method, StringComparison.Ordinal);
        Assert.Equal("RTC rtc7", reference.Pair.Reference);
    }

    [Fact]
    public async Task An_RTC_that_stands_still_or_fails_is_a_sentence()
    {
        using var still = new Rtc(_ => 1_700_000_000 * Second);
        using var reference = Reference(still);
        Assert.Equal("the RTC stands still: its second did not change for more than a second", (await reference.ReadAsync(Cancel)).Problem);
        still.Error = Errno.InputOutput;
        Assert.Equal("the RTC cannot be read: Input/output error (errno 5)", (await reference.ReadAsync(Cancel)).Problem);
        still.Error = Errno.NoDevice;
        var removed = await reference.ReadAsync(Cancel);
        Assert.Equal(("the RTC was removed", true), (removed.Problem, removed.IsFinal));
        still.Error = 0;
        still.IsEmpty = true;
        Assert.Equal("the RTC holds no date", (await reference.ReadAsync(Cancel)).Problem);
    }

    [Fact]
    public async Task An_interruption_ends_a_reading_at_once_and_the_RTC_is_closed_when_it_is_free()
    {
        using var gate = new ManualResetEventSlim();
        var rtc = new Rtc(now =>
        {
            gate.Wait(Cancel);
            return now;
        });
        var reference = Reference(rtc);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        Assert.Equal("the reading was interrupted", (await reference.ReadAsync(stop.Token)).Problem);
        Assert.Equal("RTC rtc7 has not answered the reading before", (await reference.ReadAsync(Cancel)).Problem);
        reference.Dispose();
        Assert.False(rtc.Closed.IsSet);
        gate.Set();
        Assert.True(rtc.Closed.Wait(TimeSpan.FromSeconds(30), Cancel));
    }

    [Fact]
    public void An_RTC_is_chosen_by_name_or_as_the_one_of_the_boot()
    {
        var machine = new MemoryMachine().File("/sys/class/rtc/rtc0/hctosys", "0\n").File("/sys/class/rtc/rtc1/hctosys", "1\n")
            .File("/sys/class/rtc/rtc0/name", "ptp\n").File("/sys/class/rtc/rtc1/name", "rtc_cmos\n").Link("/dev/rtc", "rtc1");
        Assert.Equal("rtc1", RtcDevices.Find(machine, ""));
        Assert.Equal("rtc0", RtcDevices.Find(machine, "rtc0"));
        Assert.Equal("rtc0", RtcDevices.Find(machine, "/dev/rtc0"));
        Assert.Equal("rtc1", RtcDevices.Find(machine, "/dev/rtc"));
        foreach (var wrong in (string[])["rtc2", "/dev/watchdog", "/tmp/rtc0", "../rtc0"])
            Assert.EndsWith("is not an RTC; this machine has rtc0, rtc1", Assert.Throws<ReferenceException>(() => RtcDevices.Find(machine, wrong)).Message, StringComparison.Ordinal);
        Assert.Contains("has no RTC", Assert.Throws<ReferenceException>(() => RtcDevices.Find(new MemoryMachine(), "")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Local_time_and_the_update_gap_are_told()
    {
        var machine = new MemoryMachine().File("/etc/adjtime", "0.0 0 0.0\n0\nLOCAL\n").File("/sys/class/rtc/rtc0/name", "rtc_cmos rtc_cmos\n");
        Assert.Equal(3, RtcDevices.Remarks(machine, "rtc0", "another program holds /dev/rtc0, so it is read through /sys").Count);
        Assert.Empty(RtcDevices.Remarks(new MemoryMachine(), "rtc0", null));
    }

    /// <summary>A busy machine may hold a reading up at its edge.</summary>
    private static async Task<OffsetSample> SampleAsync(RtcReference reference)
    {
        OffsetReading reading;
        var tries = 0;
        do
            reading = await reference.ReadAsync(Cancel);
        while (reading.Sample is null && tries++ < 5);
        return reading.Sample ?? throw new InvalidOperationException(reading.Problem);
    }

    private static RtcReference Reference(Rtc rtc) => new(rtc, "RTC rtc7", []);

    private sealed class Rtc(Func<long, long> timeNs) : IRtcClock
    {
        public bool HasInterrupt { get; init; }

        public int Error { get; set; }

        public bool IsEmpty { get; set; }

        public ManualResetEventSlim Closed { get; } = new();

        public string Name => "a test's RTC";

        public int Read(out long? seconds)
        {
            seconds = IsEmpty ? null : timeNs(ClockTriples.Read().UnixNs) / Second;
            return Error;
        }

        public bool WaitForUpdate(TimeSpan limit)
        {
            if (!HasInterrupt)
                return false;
            Thread.Sleep(TimeSpan.FromMicroseconds((Second - (timeNs(ClockTriples.Read().UnixNs) % Second)) / 1000));
            return true;
        }

        public void Dispose() => Closed.Set();
    }
}
