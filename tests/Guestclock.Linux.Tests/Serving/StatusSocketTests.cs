using System.Net.Sockets;
using System.Text;
using Guestclock.Linux.Serving;

namespace Guestclock.Linux.Tests.Serving;

public sealed class StatusSocketTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gc-");

    private string SocketPath => Path.Combine(_folder.FullName, "run", "watch.sock");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Tells_every_client_the_state_of_the_moment_and_goes_with_its_daemon()
    {
        var told = 0;
        await using (StatusSocket.Start(SocketPath, () => Encoding.UTF8.GetBytes($"state {++told}")))
        {
            Assert.Equal("state 1", await AskAsync());
            Assert.Equal("state 2", await AskAsync());
#pragma warning disable CA1416 // This project runs on Linux only.
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite, File.GetUnixFileMode(SocketPath));
#pragma warning restore CA1416
            Assert.Equal(["watch.sock"], Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(SocketPath)!).Select(Path.GetFileName));
        }

        Assert.False(File.Exists(SocketPath));
    }

    [Fact]
    public async Task A_large_state_arrives_whole_and_a_client_that_takes_nothing_holds_up_nobody()
    {
        var state = new byte[8 << 20];
        await using var socket = StatusSocket.Start(SocketPath, () => state, new(4, TimeSpan.FromSeconds(1)));
        var idle = new List<Socket>();
        for (var i = 0; i < 10; i++)
        {
            idle.Add(new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified));
            await idle[i].ConnectAsync(new UnixDomainSocketEndPoint(SocketPath));
        }

        Assert.Equal(state.Length, (await StatusClient.ReadAsync(SocketPath, Limit, default)).Length);
        idle.ForEach(i => i.Dispose());
    }

    [Fact]
    public async Task The_socket_of_a_dead_daemon_is_replaced_and_that_of_a_living_one_is_not()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(SocketPath)!);
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            // The socket is moved away under its own feet, so that its end does not remove the file.
            dead.Bind(new UnixDomainSocketEndPoint(SocketPath + ".old"));
            File.Move(SocketPath + ".old", SocketPath);
        }

        Assert.Contains("has ended without removing its socket", await RefusalAsync(), StringComparison.Ordinal);
        await using var living = StatusSocket.Start(SocketPath, () => "here"u8.ToArray());
        Assert.Equal("here", await AskAsync());
        Assert.Equal($"guestclock watch is already running: its status socket {SocketPath} is in use",
            Assert.Throws<ServingException>(() => StatusSocket.Start(SocketPath, () => default)).Message);
        Assert.Equal("here", await AskAsync());
    }

    [Fact]
    public async Task What_is_no_socket_is_left_alone()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(SocketPath)!);
        await File.WriteAllTextAsync(SocketPath, "dear data");
        Assert.Contains("is a regular file", Assert.Throws<ServingException>(() => StatusSocket.Start(SocketPath, () => default)).Message, StringComparison.Ordinal);
        Assert.Equal("dear data", await File.ReadAllTextAsync(SocketPath));
    }

    [Fact]
    public async Task Each_reason_why_nobody_answers_is_one_sentence()
    {
        Assert.Equal($"no guestclock watch runs here: there is no {SocketPath}; start it, or name its socket with --socket", await RefusalAsync());
        Assert.Contains("longer than", (await Assert.ThrowsAsync<ServingException>(() => StatusClient.ReadAsync("/" + new string('x', 200), Limit, default))).Message, StringComparison.Ordinal);
        Assert.Contains("longer than", Assert.Throws<ServingException>(() => StatusSocket.Start($"{_folder.FullName}/{new string('x', 120)}", () => default)).Message, StringComparison.Ordinal);
        using var silent = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        silent.Bind(new UnixDomainSocketEndPoint(_folder.FullName + "/silent"));
        silent.Listen();
        Assert.Contains("did not answer within", (await Assert.ThrowsAsync<ServingException>(() =>
            StatusClient.ReadAsync(_folder.FullName + "/silent", TimeSpan.FromMilliseconds(100), default))).Message, StringComparison.Ordinal);
    }

    private async Task<string> AskAsync() => Encoding.UTF8.GetString(await StatusClient.ReadAsync(SocketPath, Limit, default));

    private async Task<string> RefusalAsync() => (await Assert.ThrowsAsync<ServingException>(AskAsync)).Message;
}
