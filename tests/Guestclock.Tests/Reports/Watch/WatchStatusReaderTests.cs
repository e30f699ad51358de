using System.Text;
using Guestclock.Discipline.Watch;
using Guestclock.Formats;
using Guestclock.Reports;
using Guestclock.Reports.Watch;
using Guestclock.Testing;

namespace Guestclock.Tests.Reports.Watch;

public class WatchStatusReaderTests
{
    private static string Json(params GuestSnapshot[] guests)
    {
        using var writer = new StringWriter();
        WatchStatusJson.Write(SomeWatch.Snapshot(guests), "0.1.0", SomeWatch.NowNs, writer);
        return writer.ToString();
    }

    private static string Text(WatchSnapshot snapshot)
    {
        using var writer = new StringWriter();
        WatchStatusText.Write(snapshot, writer, TextLayout.Plain);
        return writer.ToString();
    }

    private static WatchSnapshot Read(string json)
    {
        using var status = WatchStatusReader.Open(Encoding.UTF8.GetBytes(json));
        return WatchStatusReader.Read(status.RootElement);
    }

    [Fact]
    public void What_is_read_back_looks_like_what_was_told() =>
        Assert.Equal(Text(SomeWatch.Snapshot(SomeWatch.Guest("off"))), Text(Read(Json(SomeWatch.Guest("off")))));

    [Fact]
    public void Sources_that_are_out_of_order_are_read_back()
    {
        var snapshot = SomeWatch.Snapshot() with { Troubles = [("libvirt qemu:///system", "no such file")] };
        using var writer = new StringWriter();
        WatchStatusJson.Write(snapshot, "0.1.0", SomeWatch.NowNs, writer);
        Assert.Contains("\nsource  libvirt qemu:///system cannot be asked: no such file\n", Text(Read(writer.ToString())), StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_is_the_same()
    {
        var json = Json(SomeWatch.Guest("o'ff ±"));
        using var status = WatchStatusReader.Open(Encoding.UTF8.GetBytes(json));
        Assert.Equal(json.TrimEnd(), WatchStatusJson.Copy(status.RootElement));
    }

    [Theory]
    [InlineData("", "no JSON")]
    [InlineData("HTTP/1.1 400 Bad Request", "no JSON")]
    [InlineData("[]", "guestclock.watch-status/1")]
    [InlineData("""{"schema":"guestclock.watch-status/2"}""", "guestclock.watch-status/1")]
    [InlineData("""{"schema":"guestclock.watch-status/1"}""", "host")]
    [InlineData("""{"schema":"guestclock.watch-status/1","host":{"state":"synchronized"},"hostSinceNs":1e99}""", "hostSinceNs")]
    [InlineData("""{"schema":"guestclock.watch-status/1","host":{"state":"later"}}""", "state")]
    [InlineData("""{"schema":"guestclock.watch-status/1","host":{"state":"unknown"},"hostSinceNs":0,"guests":[7]}""", "guests")]
    public void What_is_no_status_is_refused(string json, string says) =>
        Assert.Contains(says, Assert.Throws<MalformedInputException>(() => Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Whoever_listens_there_may_say_anything() =>
        Fuzz.Text([Json(SomeWatch.Guest("off")), Json(SomeWatch.Guest("off")).Replace("\"off\"", """ "\ud800" """, StringComparison.Ordinal), Json().Replace("\"version\"", """ "\ud800": "\udc00", "version" """, StringComparison.Ordinal)], text =>
        {
            using var status = WatchStatusReader.Open(Encoding.UTF8.GetBytes(text));
            var table = Text(WatchStatusReader.Read(status.RootElement));
            Assert.DoesNotContain(table, c => char.IsControl(c) && c != '\n');
            WatchStatusJson.Copy(status.RootElement);
        });
}
