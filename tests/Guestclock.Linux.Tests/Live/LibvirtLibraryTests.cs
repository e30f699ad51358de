using System.Runtime.InteropServices;
using System.Text;
using Guestclock.Facts;
using Guestclock.Linux.Live;
using Guestclock.Machines;

namespace Guestclock.Linux.Tests.Live;

public class LibvirtLibraryTests
{
    private static readonly Question Domains = new(Questions.LibvirtDomains);

    /// <summary>libvirt's test driver needs no daemon; its default node runs one domain named test.</summary>
    [Fact]
    public void Lists_the_domains_of_libvirts_test_driver()
    {
        Assert.SkipUnless(NativeLibrary.TryLoad("libvirt.so.0", out _), "needs libvirt.so.0");
        var answer = new LibvirtLibrary("test:///default").Answer(Domains);
        Assert.True(answer.IsKnown, answer.Why);
        var text = Encoding.UTF8.GetString(answer.Value!);
        Assert.StartsWith("test\trunning\t", text, StringComparison.Ordinal);
        Assert.Contains("<domain type='test'", text, StringComparison.Ordinal);
        Assert.Contains("\ntest\tnext-start\t", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_of_libvirt_is_a_fact_and_nothing_is_printed()
    {
        Assert.SkipUnless(NativeLibrary.TryLoad("libvirt.so.0", out _), "needs libvirt.so.0");
        var answer = new LibvirtLibrary("qemu+unix:///system?socket=/nonexistent/libvirt-sock").Answer(Domains);
        Assert.Equal(FactState.Failed, answer.State);
        Assert.StartsWith("libvirt: ", answer.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Asks_no_daemon_that_does_not_run() =>
        Assert.Equal(FactState.Missing, new LibvirtLibrary("qemu:///system", "/nonexistent.pid").Answer(Domains).State);
}
