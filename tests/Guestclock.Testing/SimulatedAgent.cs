using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Guestclock.Testing;

/// <summary>How a <see cref="SimulatedAgent"/> behaves.</summary>
public enum AgentManners
{
    /// <summary>As qemu-ga does.</summary>
    Good,

    /// <summary>Takes requests and answers none.</summary>
    Silent,

    /// <summary>Sends one line that never ends.</summary>
    EndlessLine,

    /// <summary>Sends short lines without being asked, as fast as they are taken.</summary>
    Chatter,

    /// <summary>Sends its answers byte by byte, and each takes longer than anybody waits.</summary>
    Dribble,

    /// <summary>Closes the channel in the middle of the answer to a time.</summary>
    HangUpInAnswer,

    /// <summary>Sets the clock and closes the channel.</summary>
    HangUpInSet,

    /// <summary>Sets the clock and does not answer until it is synchronised with again.</summary>
    SilentAfterSet,

    /// <summary>Sets the clock and replies with an error, as where hwclock fails.</summary>
    ComplainAfterSet,

    /// <summary>Says that it has set the clock, and has not.</summary>
    LieAboutSet,

    /// <summary>guest-set-time is blocked.</summary>
    Blocked,

    /// <summary>Says of each command that it is blocked, because file systems are frozen.</summary>
    Frozen,

    /// <summary>Repeats the answers to an earlier conversation before each of its own.</summary>
    Replay,

    /// <summary>A text where the time should be.</summary>
    NoNumber,

    /// <summary>The socket belongs to a QMP monitor.</summary>
    Qmp,
}

/// <summary>The clock of a guest that does not exist.</summary>
public sealed class SimulatedGuest
{
    private long _offsetNs;

    /// <summary>Guest − host.</summary>
    public long OffsetNs
    {
        get => Interlocked.Read(ref _offsetNs);
        set => Interlocked.Exchange(ref _offsetNs, value);
    }
}

/// <summary>
/// The agent of a guest that does not exist, on a unix socket that does. The guest's clock is this machine's plus <see cref="OffsetNs"/>;
/// nothing but that number is ever set.
/// </summary>
public sealed partial class SimulatedAgent : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    public SimulatedAgent(string path, AgentManners manners = AgentManners.Good)
    {
        Path = path;
        Manners = manners;
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen(8);
        _serving = ServeAsync();
    }

    public string Path { get; }

    public AgentManners Manners { get; set; }

    /// <summary>The guest; two agents of one guest share it.</summary>
    public SimulatedGuest Guest { get; init; } = new();

    /// <summary>Guest − host.</summary>
    public long OffsetNs
    {
        get => Guest.OffsetNs;
        init => Guest.OffsetNs = value;
    }

    /// <summary>How long after its arrival a set shows. It is as right as one that shows at once.</summary>
    public TimeSpan EffectAfter { get; set; }

    /// <summary>How long the guest takes from the arrival of a set to its reply: it writes its RTC meanwhile.</summary>
    public TimeSpan SetTakes { get; set; } = TimeSpan.FromMilliseconds(30);

    /// <summary>Times that were set.</summary>
    public int Sets { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _serving;
        _end.Dispose();
        File.Delete(Path);
    }

    private static long HostNs => (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;

    private async Task ServeAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                // One client at a time, as a character device of QEMU.
                using var client = await _listener.AcceptAsync(_end.Token);
                await TalkAsync(client);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The client went away, or the test is over.
            }
        }
    }

    private async Task TalkAsync(Socket client)
    {
        if (Manners == AgentManners.Qmp)
            await SendAsync(client, """{"QMP": {"version": {"qemu": {"micro": 0, "minor": 2, "major": 7}}, "capabilities": ["oob"]}}""" + "\r\n");
        var buffer = new byte[4096];
        var pending = "";
        while (true)
        {
            if (Manners is AgentManners.EndlessLine or AgentManners.Chatter)
            {
                var line = Encoding.ASCII.GetBytes(Manners == AgentManners.Chatter ? string.Concat(Enumerable.Repeat("{\"return\": 5}\n", 100)) : new string('x', 4096));
                while (true)
                    await client.SendAsync(line, SocketFlags.None, _end.Token);
            }

            var count = await client.ReceiveAsync(buffer, SocketFlags.None, _end.Token);
            if (count == 0)
                return;
            pending += Encoding.Latin1.GetString(buffer, 0, count);
            while (pending.IndexOf('\n', StringComparison.Ordinal) is var end and >= 0)
            {
                var line = pending[..end];
                pending = pending[(end + 1)..];
                if (!await AnswerAsync(client, line))
                    return;
            }
        }
    }

    private async Task<bool> AnswerAsync(Socket client, string line)
    {
        var command = Command().Match(line).Groups["name"].Value;
        var number = Number().Match(line) is { Success: true } match ? long.Parse(match.Value, CultureInfo.InvariantCulture) : 0;
        if (Manners is AgentManners.Silent)
            return true;
        if (Manners is AgentManners.Qmp)
            return await SendAsync(client, """{"error": {"class": "CommandNotFound", "desc": "Expecting capabilities negotiation with 'qmp_capabilities'"}}""" + "\r\n");
        if (line == "ÿ")
            return await SendAsync(client, """{"error": {"class": "GenericError", "desc": "JSON parse error, stray '\uFFFD'"}}""" + "\n");
        if (Manners is AgentManners.Replay && command == "guest-sync-delimited")
            await SendAsync(client, "ÿ{\"return\": 12}\n{\"return\": 1000000000000000000}\n");
        if (command == "guest-sync-delimited")
            return await SendAsync(client, $"ÿ{{\"return\": {number}}}\n");
        if (command == "guest-fsfreeze-status")
            return await SendAsync(client, $"{{\"return\": \"{(Manners is AgentManners.Frozen ? "frozen" : "thawed")}\"}}\n");
        if (Manners is AgentManners.Frozen || (Manners is AgentManners.Blocked && command == "guest-set-time"))
            return await SendAsync(client, $"{{\"error\": {{\"class\": \"CommandNotFound\", \"desc\": \"Command {command} has been disabled\"}}}}\n");
        return command switch
        {
            "guest-get-time" => await TimeAsync(client),
            "guest-set-time" => await SetAsync(client, number),
            _ => await SendAsync(client, $"{{\"error\": {{\"class\": \"CommandNotFound\", \"desc\": \"The command {command} has not been found\"}}}}\n"),
        };
    }

    private async Task<bool> TimeAsync(Socket client)
    {
        if (Manners is AgentManners.NoNumber)
            return await SendAsync(client, "{\"return\": \"noon\"}\n");
        var answer = $"{{\"return\": {(HostNs + OffsetNs) / 1000 * 1000}}}\n";
        if (Manners is AgentManners.HangUpInAnswer)
        {
            await SendAsync(client, answer[..12]);
            return false;
        }

        if (Manners is not AgentManners.Dribble)
            return await SendAsync(client, answer);
        foreach (var letter in answer)
        {
            await SendAsync(client, letter.ToString());
            await Task.Delay(3, _end.Token);
            if (letter == '1')
                await Task.Delay(TimeSpan.FromMinutes(1), _end.Token);
        }

        return true;
    }

    private async Task<bool> SetAsync(Socket client, long timeNs)
    {
        var started = Stopwatch.GetTimestamp();
        var offsetNs = timeNs - HostNs;
        if (EffectAfter > TimeSpan.Zero)
            await Task.Delay(EffectAfter, _end.Token);
        if (Manners is not AgentManners.LieAboutSet)
            Guest.OffsetNs = offsetNs;
        Sets++;
        if (Manners is AgentManners.HangUpInSet)
            return false;
        if (SetTakes - Stopwatch.GetElapsedTime(started) is { } left && left > TimeSpan.Zero)
            await Task.Delay(left, _end.Token);
        return Manners switch
        {
            AgentManners.SilentAfterSet => true,
            AgentManners.ComplainAfterSet => await SendAsync(client,
                "{\"error\": {\"class\": \"GenericError\", \"desc\": \"hwclock failed to set hardware clock to system time\"}}\n"),
            _ => await SendAsync(client, "{\"return\": {}}\n"),
        };
    }

    private async Task<bool> SendAsync(Socket client, string text)
    {
        await client.SendAsync(Encoding.Latin1.GetBytes(text), SocketFlags.None, _end.Token);
        return true;
    }

    [GeneratedRegex("\"execute\": *\"(?<name>[a-z-]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Command();

    [GeneratedRegex("(?<=\"(id|time)\": *)[0-9]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();
}
