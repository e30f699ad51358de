using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Guestclock.Cli.Commands;
using Guestclock.Cli.Daemon;
using Guestclock.Linux.Services;

namespace Guestclock.Cli.Tests.Daemon;

public sealed class WatchDaemonTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gc-");
    private readonly Channel<ServiceSignal> _signals = Channel.CreateUnbounded<ServiceSignal>();
    private readonly TaskCompletionSource<FakeLoop> _loop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _lines = new();
    private readonly StringWriter _error = new();

    private string SocketPath => _folder.FullName + "/watch.sock";

    private string ConfigPath => _folder.FullName + "/watch.yaml";

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _error.Dispose();
    }

    [Fact]
    public async Task Runs_answers_reloads_and_stops_and_systemd_hears_of_it()
    {
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 10_000 };
        manager.Bind(new UnixDomainSocketEndPoint(_folder.FullName + "/notify"));
        var port = FreePort();
        await File.WriteAllTextAsync(ConfigPath, $"status-socket: {SocketPath}\nlisten: 127.0.0.1:{port}\nwithin: 5ms\n");
        var running = Start(["watch", "--config", ConfigPath], ServiceNotifier.Open(_folder.FullName + "/notify", null, null));
        var loop = await _loop.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal("READY=1\nSTATUS=no guests", Receive(manager));

        using var client = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") };
        Assert.Equal(loop.Metrics(), await client.GetStringAsync("/metrics"));
        Assert.Equal("ready\n", await client.GetStringAsync("/readyz"));
        loop.NotReady = "libvirt is not reached yet";
        using (var notReady = await client.GetAsync("/readyz"))
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "not ready: libvirt is not reached yet\n"), (notReady.StatusCode, await notReady.Content.ReadAsStringAsync()));
        Assert.Equal("alive\n", await client.GetStringAsync("/healthz"));
        Assert.Contains("guestclock.watch-status/1", Run.Of("watch", "status", "--socket", SocketPath, "--format", "json").Ends(0).Out, StringComparison.Ordinal);
        Assert.Contains("already running", Again(), StringComparison.Ordinal);

        // A wrong file changes nothing.
        await File.WriteAllTextAsync(ConfigPath, $"status-socket: {SocketPath}\nwithn: 7ms\n");
        _signals.Writer.TryWrite(ServiceSignal.Reload);
        Assert.StartsWith("RELOADING=1\nMONOTONIC_USEC=", Receive(manager), StringComparison.Ordinal);
        Assert.StartsWith("READY=1\n", Receive(manager), StringComparison.Ordinal);
        Assert.Contains($"the settings stay as they were: {ConfigPath}:2: unknown key withn (did you mean within?)", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(5_000_000, loop.Settings.Within.Value);

        // A right one moves the pages, too.
        var other = FreePort();
        await File.WriteAllTextAsync(ConfigPath, $"status-socket: {SocketPath}\nlisten: 127.0.0.1:{other}\nwithin: 7ms\n");
        _signals.Writer.TryWrite(ServiceSignal.Reload);
        Assert.Equal(7_000_000, (await loop.Applied.ReadAsync()).Within.Value);
        Assert.StartsWith("RELOADING=1\n", Receive(manager), StringComparison.Ordinal);
        Assert.StartsWith("READY=1\n", Receive(manager), StringComparison.Ordinal);
        using var moved = new HttpClient { BaseAddress = new($"http://127.0.0.1:{other}") };
        Assert.Equal("alive\n", await moved.GetStringAsync("/healthz"));
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync("/healthz"));

        _signals.Writer.TryWrite(ServiceSignal.Stop);
        Assert.Equal(0, await running.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.StartsWith("STOPPING=1\n", Receive(manager), StringComparison.Ordinal);
        Assert.True(loop.HasEnded);
        Assert.Equal("started\nstopped\n", _lines.ToString());
        Assert.False(File.Exists(SocketPath));
    }

    [Fact]
    public async Task One_round_ends_with_the_exit_code_of_its_outcomes()
    {
        Assert.Equal(ExitCodes.Warning, await Start(["watch", "--once"]).WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Equal("one round\n", _lines.ToString());
    }

    [Fact]
    public async Task A_port_in_use_is_one_sentence_and_64()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        Assert.Equal(64, await Start(["watch", "--status-socket", "none", "--listen", other.LocalEndpoint.ToString()!]).WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Equal($"guestclock: cannot listen on {other.LocalEndpoint}: another program uses the port; choose another with --listen\n", _error.ToString());
    }

    [Fact]
    public void The_line_of_dropped_lines_is_json()
    {
        using var line = JsonDocument.Parse(WatchDaemon.DroppedLine(17));
        Assert.Equal(17, line.RootElement.GetProperty("count").GetInt64());
    }

    private string Again()
    {
        using var error = new StringWriter();
        App.Run(["watch", "--status-socket", SocketPath], Context(error, null));
        return error.ToString();
    }

    private Task<int> Start(string[] args, ServiceNotifier? notifier = null) => Task.Run(() => App.Run(args, Context(_error, notifier)));

    private CommandContext Context(StringWriter error, ServiceNotifier? notifier) => new(TextWriter.Null, error, new(80, false, false, TimeProvider.System))
    {
        Watch = new((settings, lines) =>
        {
            var loop = new FakeLoop(settings, lines);
            _loop.TrySetResult(loop);
            return loop;
        }, Take)
        {
            Signals = _signals.Reader,
            Notifier = notifier ?? ServiceNotifier.Open(null, null, null),
        },
    };

    private int Take(ReadOnlyMemory<byte> bytes)
    {
        lock (_lines)
            _lines.Append(Encoding.UTF8.GetString(bytes.Span));
        return bytes.Length;
    }

    private static string Receive(Socket manager)
    {
        var buffer = new byte[4096];
        return Encoding.UTF8.GetString(buffer, 0, manager.Receive(buffer));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return int.Parse(listener.LocalEndpoint.ToString()!.Split(':')[1], CultureInfo.InvariantCulture);
    }
}
