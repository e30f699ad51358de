using Guestclock.Linux.Watching;

namespace Guestclock.Linux.Tests.Watching;

public sealed class QmpGlobTests : IDisposable
{
    private readonly TempTree _tree = new TempTree().File("vms/web/qmp").File("vms/db/qmp").File("vms/db/other").File("vms/.hidden/qmp").File("flat/vm-a.sock").File("flat/vm-a.txt");

    public void Dispose() => _tree.Dispose();

    [Theory]
    [InlineData("vms/*/qmp", "db web")]
    [InlineData("flat/vm-*.sock", "a")]
    [InlineData("*/*/qmp", "vms/db vms/web")]
    [InlineData("vms/*/nothing", "")]
    [InlineData("nowhere/*/qmp", "")]
    [InlineData("vms/*", "")]
    public void Stars_stand_for_names(string pattern, string matched) =>
        Assert.Equal(matched, string.Join(' ', new QmpGlob(_tree.At(pattern)).Find().Select(m => m.Matched).Order(StringComparer.Ordinal)));

    [Fact]
    public void A_path_without_stars_is_itself() =>
        Assert.Equal([(_tree.At("vms/web/qmp"), _tree.At("vms/web/qmp"))], new QmpGlob(_tree.At("vms/web/qmp")).Find());

    [Fact]
    public void A_relative_pattern_is_refused() => Assert.Throws<ArgumentException>(() => new QmpGlob("vms/*/qmp"));
}
