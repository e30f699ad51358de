using System.Net.Sockets;
using System.Text;

namespace Guestclock.Linux.Tests.Agents;

/// <summary>What listens on an agent's socket and does what the test says with whoever connects.</summary>
internal sealed class HostileGuest : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    public HostileGuest(string path, Func<Socket, CancellationToken, Task> talk, int backlog = 8)
    {
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen(backlog);
        _serving = ServeAsync(talk);
    }

    /// <summary>Answers each line by what <paramref name="answer"/> makes of it; null is no answer. The answer to a synchronisation is right.</summary>
    public static HostileGuest Answering(string path, Func<string, CancellationToken, Task<string?>> answer) => new(path, async (client, token) =>
    {
        using var reader = new StreamReader(new NetworkStream(client), Encoding.Latin1);
        while (await reader.ReadLineAsync(token) is { } line)
        {
            var text = line.Contains("guest-sync-delimited", StringComparison.Ordinal)
                ? $"ÿ{{\"return\": {new string([.. line.Where(char.IsAsciiDigit)])}}}"
                : line == "ÿ" ? null : await answer(line, token);
            if (text is not null)
                await client.SendAsync(Encoding.Latin1.GetBytes(text + "\n"), SocketFlags.None, token);
        }
    });

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _serving;
        _end.Dispose();
    }

    private async Task ServeAsync(Func<Socket, CancellationToken, Task> talk)
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptAsync(_end.Token);
                await talk(client, _end.Token);
            }
            catch (Exception e) when (e is SocketException or IOException or OperationCanceledException or ObjectDisposedException)
            {
                // The client went away, or the test is over.
            }
        }
    }
}
