using Guestclock.Linux.Machines;

namespace Guestclock.Linux.Tests.Machines;

public sealed class MachineRootTests : IDisposable
{
    private readonly TempTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Theory]
    [InlineData("none", "there is no '")]
    [InlineData("", "empty name")]
    [InlineData("text", "not a .tar.gz recording")]
    [InlineData("empty", "not a .tar.gz recording")]
    [InlineData("gzip", "not a .tar.gz recording")]
    [InlineData("fifo", "is a FIFO: give a directory or a .tar.gz recording")]
    [InlineData("text/below", "is not a directory")]
    [InlineData("loop", "too many symbolic links")]
    [InlineData("damaged", "is a damaged recording: record.json")]
    [InlineData("newer", "expected the schema guestclock.record/1, found 'guestclock.record/2'")]
    [InlineData("odd", "is a recording whose .guestclock/record.json cannot be read: a directory")]
    public void What_is_no_machine_gives_one_sentence(string name, string says)
    {
        _tree.File("text").File("empty", "").File("gzip", [0x1f, 0x8b, 8, 0, 1, 2, 3]).Link("loop", "loop")
            .File("damaged/.guestclock/record.json", "{").File("newer/.guestclock/record.json", """{"schema":"guestclock.record/2"}""")
            .File("odd/.guestclock/record.json/x");
        TempTree.Run("mkfifo", _tree.At("fifo"));

        var e = Assert.Throws<MachineOpenException>(() => MachineRoot.Open(name.Length == 0 ? "" : _tree.At(name)));

        Assert.Contains(says, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_root_is_the_running_machine_and_a_directory_an_image()
    {
        _tree.File("etc/hostname", "image\n");

        Assert.True(MachineRoot.Open(null).Machine.IsLive);
        Assert.False(MachineRoot.Open(_tree.Root).Machine.IsLive);
    }
}
