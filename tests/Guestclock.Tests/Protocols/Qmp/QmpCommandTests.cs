using System.Text;
using System.Text.Json;
using Guestclock.Protocols.Qmp;

namespace Guestclock.Tests.Protocols.Qmp;

public class QmpCommandTests
{
    [Fact]
    public void A_command_is_one_line() =>
        Assert.Equal("{\"execute\":\"query-status\",\"id\":7}\n", Encoding.UTF8.GetString(QmpCommand.Encode("query-status", "", 7)));

    [Fact]
    public void Arguments_are_an_object_of_texts() =>
        Assert.Equal("""{"execute":"qom-get","arguments":{"path":"/machine/a\u0022\nb","property":"name"},"id":1}""" + "\n",
            Encoding.UTF8.GetString(QmpCommand.Encode("qom-get", QmpCommand.Arguments(("path", "/machine/a\"\nb"), ("property", "name")), 1)));

    [Theory]
    [InlineData("{")]
    [InlineData("{} {}")]
    public void Arguments_that_are_no_JSON_are_our_own_fault(string arguments) =>
        Assert.ThrowsAny<JsonException>(() => QmpCommand.Encode("stop", arguments, 1));
}
