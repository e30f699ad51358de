using System.Buffers.Binary;
using System.Text.Json;
using Guestclock.EndToEnd.Guests;

namespace Guestclock.EndToEnd;

/// <summary>QEMU's vmclock device: a signal that the guest's counter was disrupted, and no clock.</summary>
public sealed class VmClockTests(SharedGuests guests)
{
    [Fact]
    public async Task The_page_is_read_as_qemu_fills_it()
    {
        var guest = await guests.GetAsync("qemu-tcg-7.2-vmclock");
        using var facts = JsonDocument.Parse((await guest.RunAsync("guestclock facts")).Stdout);
        var devices = facts.RootElement.GetProperty("facts").GetProperty("devices");
        var device = Assert.Single(devices.GetProperty("vmClocks").GetProperty("value").EnumerateArray());
        Assert.Equal("/dev/vmclock0", device.GetProperty("device").GetString());
        Assert.Equal("known", device.GetProperty("page").GetProperty("state").GetString());
        var page = device.GetProperty("page").GetProperty("value");

        var raw = (await guest.RunAsync("head -c 4096 /dev/vmclock0")).Output;
        Assert.Equal("VCLK"u8, raw.Span[..4]);
        Assert.Equal(BinaryPrimitives.ReadUInt32LittleEndian(raw.Span[0x0C..]), page.GetProperty("sequence").GetUInt32());
        Assert.Equal(BinaryPrimitives.ReadUInt64LittleEndian(raw.Span[0x10..]), page.GetProperty("disruptionMarker").GetUInt64());
        // No counter (0xFF), status unknown, no flags: nothing that a time could be made of.
        Assert.Equal((1, 0xFF, 0, 0UL), (page.GetProperty("version").GetInt32(), page.GetProperty("counterId").GetInt32(),
            page.GetProperty("statusId").GetInt32(), page.GetProperty("flags").GetUInt64()));
        Assert.Equal(JsonValueKind.Null, page.GetProperty("taiOffsetS").ValueKind);
        // Without time the driver registers no PTP clock.
        Assert.Empty(devices.GetProperty("ptpClocks").GetProperty("value").EnumerateArray());
    }

    [Fact]
    public async Task Check_says_that_it_is_a_signal_and_no_clock()
    {
        var guest = await guests.GetAsync("qemu-tcg-7.2-vmclock");
        using var report = JsonDocument.Parse((await guest.RunAsync("guestclock check --format json --only vmclock-present")).Stdout);
        var check = Assert.Single(report.RootElement.GetProperty("checks").EnumerateArray());
        Assert.Equal("info", check.GetProperty("status").GetString());
        Assert.Contains("offers no time", check.GetProperty("summary").GetString(), StringComparison.Ordinal);
    }
}
