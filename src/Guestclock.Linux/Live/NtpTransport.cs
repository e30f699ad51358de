using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Guestclock.Facts;
using Guestclock.Machines;
using Guestclock.Protocols.Ntp;

namespace Guestclock.Linux.Live;

/// <summary>
/// Asks NTP servers. All servers that a question names are asked at once, each on a thread of its own, so that several silent ones cost no
/// more than one. One instance serves one run: each server is asked once.
/// </summary>
public sealed class NtpTransport : IAnswerer
{
    /// <summary>The most servers of one run; a question for another is refused.</summary>
    public const int MaxServers = 64;

    private readonly ConcurrentDictionary<string, Lazy<Task<Fact<byte[]>>>> _asked = new(StringComparer.Ordinal);
    private readonly TimeSpan _limit;

    /// <summary>Waits 2 s for each server, its name's resolution and one retry included.</summary>
    public NtpTransport()
        : this(TimeSpan.FromSeconds(2))
    {
    }

    public NtpTransport(TimeSpan limit) => _limit = limit;

    public bool Answers(string name) => name.StartsWith(Questions.NtpPrefix, StringComparison.Ordinal);

    public Fact<byte[]> Answer(Question question)
    {
        var started = Stopwatch.GetTimestamp();
        foreach (var server in Encoding.UTF8.GetString(question.Request.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            _ = Start(Questions.NtpPrefix + server);
        var answer = Start(question.Name);
        return answer.Wait(_limit + TimeSpan.FromMilliseconds(500) - Stopwatch.GetElapsedTime(started))
            ? answer.Result
            : Fact.Unknown<byte[]>(FactState.TimedOut, question.Name, "the server was not asked in time");
    }

    private Task<Fact<byte[]>> Start(string name)
    {
        if (_asked.Count >= MaxServers && !_asked.ContainsKey(name))
            return Task.FromResult(Fact.Unknown<byte[]>(FactState.Failed, name, $"not asked: more than {MaxServers} servers in one run"));
        return _asked.GetOrAdd(name, key => new(() => Task.Factory.StartNew(
            () => Ask(key), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))).Value;
    }

    private Fact<byte[]> Ask(string name)
    {
        var started = Stopwatch.GetTimestamp();
        var answer = Fact.Known(name[Questions.NtpPrefix.Length..], name).Then(NtpServerName.Parse);
        var reply = answer.TryGet(out var server)
            ? Ask(name, server, started)
            : Fact.Unknown<byte[]>(answer.State, name, answer.Why!);
        return reply with { TookNs = Stopwatch.GetElapsedTime(started).Ticks * 100 };
    }

    private Fact<byte[]> Ask(string name, NtpServerName server, long started)
    {
        try
        {
            return Resolve(server.Host, started) is { } addresses
                ? Exchange(name, addresses.Select(a => new IPEndPoint(a, server.Port)), started)
                : Fact.Unknown<byte[]>(FactState.TimedOut, name, $"the name {server.Host} was not resolved within {_limit.TotalSeconds} s");
        }
        catch (SocketException e)
        {
            return Fact.Unknown<byte[]>(FactState.Failed, name, $"the name {server.Host} cannot be resolved: {e.Message}");
        }
    }

    private IPAddress[]? Resolve(string host, long started)
    {
        if (IPAddress.TryParse(host, out var address))
            return [address];
        var resolving = Dns.GetHostAddressesAsync(host);
        return Task.WaitAny([resolving], Left(started)) == 0 ? resolving.GetAwaiter().GetResult() : null;
    }

    /// <summary>Two tries of half the limit each; the second goes to the next address where there is one.</summary>
    private Fact<byte[]> Exchange(string name, IEnumerable<IPEndPoint> servers, long started)
    {
        Fact<byte[]>? worst = null;
        var tries = 0;
        var list = servers.Take(8).ToList();
        foreach (var server in list.Count == 1 ? [list[0], list[0]] : list)
        {
            var answer = NtpClientSocket.Exchange(name, server, tries == 0 ? Left(started) / 2 : Left(started));
            if (answer.IsKnown)
                return answer;
            worst = answer;
            if (answer.State == FactState.TimedOut && ++tries == 2)
                break;
        }

        return worst ?? Fact.Unknown<byte[]>(FactState.Failed, name, "the name has no address");
    }

    private TimeSpan Left(long started)
    {
        var left = _limit - Stopwatch.GetElapsedTime(started);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
