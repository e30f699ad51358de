using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Guestclock.Lab.Tests.Referee;

/// <summary>A second agent on a real socket: it answers guest-sync-delimited and guest-get-time with a clock that the test steps.</summary>
internal sealed class FakeAgent : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Task _task;

    public FakeAgent(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen();
        _task = ServeAsync();
    }

    /// <summary>Guest − host, ns.</summary>
    public long OffsetNs { get; set; }

    /// <summary>Requests wait, as while a guest stands still.</summary>
    public volatile bool IsPaused;

    /// <summary>Answers are no JSON.</summary>
    public volatile bool IsMad;

    public int Requests { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        using var client = await _listener.AcceptAsync(_stop.Token);
        await using var stream = new NetworkStream(client);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            while (IsPaused)
                await Task.Delay(5, _stop.Token);
            Requests++;
            if (line.StartsWith('{'))
                await stream.WriteAsync(Answer(line), _stop.Token);
        }
    }

    private byte[] Answer(string line)
    {
        using var request = JsonDocument.Parse(line);
        if (IsMad)
            return "guest\n"u8.ToArray();
        return request.RootElement.GetProperty("execute").GetString() == "guest-get-time"
            ? Encoding.UTF8.GetBytes($"{{\"return\": {((DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * 100) + OffsetNs}}}\n")
            : [0xFF, .. Encoding.UTF8.GetBytes($"{{\"return\": {request.RootElement.GetProperty("arguments").GetProperty("id")}}}\n")];
    }
}
