using Guestclock.Protocols.Qmp;
using Guestclock.Testing;

namespace Guestclock.Tests.Protocols.Qmp;

public class ChardevFilenameTests
{
    [Theory]
    [InlineData("disconnected:unix:/run/vm/ga,server=on", "/run/vm/ga", false)]
    [InlineData("unix:/run/vm/ga,server=on", "/run/vm/ga", true)]
    [InlineData("disconnected:unix:/run/vm/ga,server", "/run/vm/ga", false)]
    [InlineData("unix:/run/a,server,b,server=on", "/run/a,server,b", true)]
    public void A_server_on_a_path(string filename, string path, bool isTaken) =>
        Assert.Equal(new ChardevFilename(path, isTaken), ChardevFilename.Parse(filename));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("pty:/dev/pts/3")]
    [InlineData("unix:/run/vm/ga")]
    [InlineData("unix:,server=on")]
    [InlineData("unix:ga,server=on")]
    [InlineData("unix:/name,abstract=on,server=on")]
    [InlineData("disconnected:tcp:127.0.0.1:4444,server=on")]
    public void Whatever_else_has_no_path_to_connect_to(string filename) => Assert.Null(ChardevFilename.Parse(filename));

    [Fact]
    public void Any_text_is_read() => Fuzz.Text(["disconnected:unix:/run/vm/ga,server=on", "unix:/a,abstract=on,server=on"], t => ChardevFilename.Parse(t));
}
