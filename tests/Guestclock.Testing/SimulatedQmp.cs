using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Guestclock.Testing;

/// <summary>
/// The monitor of a QEMU that does not exist, with one agent port, on a unix socket: it answers what a watch asks and tells the events that
/// it is told to. For many guests at once, where real ones would not fit; a real QEMU says the same in the tests of the rim.
/// </summary>
public sealed partial class SimulatedQmp : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _end = new();
    private readonly string _name;
    private readonly string _agentPath;
    private readonly Task _serving;
    private Socket? _client;

    /// <param name="agentPath">Of the agent's socket, as the monitor tells it.</param>
    public SimulatedQmp(string path, string name, string agentPath)
    {
        (_name, _agentPath) = (name, agentPath);
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen(1);
        _serving = ServeAsync();
    }

    /// <summary>Tells an event without data, such as <c>RESUME</c>.</summary>
    public Task TellAsync(string name) => _client is { } client
        ? SendAsync(client, $$"""{"timestamp": {"seconds": 1795257650, "microseconds": 528454}, "event": "{{name}}"}""")
        : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _serving;
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptAsync(_end.Token);
                _client = client;
                await TalkAsync(client);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The client went away, or the test is over.
            }

            _client = null;
        }
    }

    private async Task TalkAsync(Socket client)
    {
        await SendAsync(client, """{"QMP": {"version": {"qemu": {"micro": 0, "minor": 2, "major": 7}, "package": ""}, "capabilities": ["oob"]}}""");
        var buffer = new byte[4096];
        var pending = "";
        while (await client.ReceiveAsync(buffer, SocketFlags.None, _end.Token) is var count and > 0)
        {
            pending += Encoding.UTF8.GetString(buffer, 0, count);
            while (pending.IndexOf('\n', StringComparison.Ordinal) is var end and >= 0)
            {
                await AnswerAsync(client, pending[..end]);
                pending = pending[(end + 1)..];
            }
        }
    }

    private Task AnswerAsync(Socket client, string line)
    {
        var id = Id().Match(line).Value;
        var answer = Command().Match(line).Value switch
        {
            "query-status" => """{"status": "running", "running": true, "singlestep": false}""",
            "query-name" => $$"""{"name": "{{_name}}"}""",
            "query-chardev" => $$"""[{"frontend-open": true, "filename": "disconnected:unix:{{_agentPath}},server=on", "label": "agent"}]""",
            "qom-list" when line.Contains("peripheral-anon", StringComparison.Ordinal) => "[]",
            "qom-list" => """[{"name": "port0", "type": "child<virtserialport>"}]""",
            "qom-get" when line.Contains("\"chardev\"", StringComparison.Ordinal) => "\"agent\"",
            "qom-get" => "\"org.qemu.guest_agent.0\"",
            "query-jobs" => "[]",
            _ => "{}",
        };
        return SendAsync(client, $$"""{"return": {{answer}}{{(id.Length > 0 ? $", \"id\": {id}" : "")}}}""");
    }

    private Task SendAsync(Socket client, string line) => client.SendAsync(Encoding.UTF8.GetBytes(line + "\r\n"), SocketFlags.None, _end.Token).AsTask();

    [GeneratedRegex("(?<=\"execute\": *\")[a-z-_]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Command();

    [GeneratedRegex("(?<=\"id\": *)(\"[^\"]*\"|[0-9]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Id();
}
