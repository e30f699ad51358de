using Guestclock.Linux.Serving;

namespace Guestclock.Linux.Tests.Serving;

public sealed class ConnectionServerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("guestclock-server-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Connections_that_are_over_leave_nothing_behind()
    {
        var path = Path.Combine(_folder.FullName, "status");
        await using var status = StatusSocket.Start(path, () => "{}"u8.ToArray());
        await AskAsync(path, 200);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await AskAsync(path, 2000);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 200_000);
    }

    private static async Task AskAsync(string path, int times)
    {
        for (var n = 0; n < times; n++)
            await StatusClient.ReadAsync(path, TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        await Task.Delay(200, TestContext.Current.CancellationToken);
    }
}
