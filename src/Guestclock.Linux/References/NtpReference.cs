using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Guestclock.Measuring;
using Guestclock.Protocols.Ntp;

namespace Guestclock.Linux.References;

/// <summary>The system clock against one NTP server. Its name is resolved once, and the address that answers first is kept, so that all samples are of the same server.</summary>
public sealed class NtpReference : IReference
{
    private static readonly TimeSpan NameLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan ReadingLimit = TimeSpan.FromSeconds(5);

    /// <summary>Seldomer a server that once said RATE need not be asked: the slowest poll of chrony and ntpd by default.</summary>
    private static readonly TimeSpan Slowest = TimeSpan.FromSeconds(1024);

    private const int MostAddresses = 8;

    private readonly string _host;
    private readonly BlockingReader _reader;

    /// <summary>While one socket is stamped the kernel stamps at once for others too: it begins to only some time after the first one asks.</summary>
    private readonly StampedSocket _keeper;

    /// <summary>The server's addresses, the one to ask first; once one has answered it is the only one.</summary>
    private readonly Queue<IPEndPoint> _addresses;

    public NtpReference(NtpServerName server)
        : this(server, Resolve(server.Host))
    {
    }

    /// <param name="addresses">Of the server's name, the one to ask first.</param>
    internal NtpReference(NtpServerName server, IReadOnlyList<IPAddress> addresses)
    {
        _host = server.Host;
        (_addresses, _keeper) = Reach(server, addresses);
        _reader = new($"NTP {_host}", ReadingLimit, _keeper.Dispose);
        var first = _addresses.Peek();
        LeastInterval = first.Address.IsNear() ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(8);
        Pair = new("system clock", Name(first), "NTP over UDP; half of the round trip is part of the bound",
            IPAddress.IsLoopback(first.Address) ? ["the server runs on this machine: if it serves this machine's own clock, the offset is always zero"] : []);
    }

    public MeasuredPair Pair { get; private set; }

    /// <summary>
    /// One second in the own network; eight elsewhere, the mean below which ntpd by default drops questions (<c>discard average 3</c>, ntp.conf(5)).
    /// A server that says RATE is asked half as often from then on.
    /// </summary>
    public TimeSpan LeastInterval { get; private set; }

    public Task<OffsetReading> ReadAsync(CancellationToken cancellationToken) => _reader.ReadAsync(Read, cancellationToken);

    public void Dispose() => _reader.Dispose();

    private OffsetReading Read()
    {
        var (trip, problem) = Ask();
        if (trip is null)
            return OffsetReading.None(problem!);
        if (NtpJudge.Kiss(trip.Reply) == "RATE")
            LeastInterval = LeastInterval + LeastInterval < Slowest ? LeastInterval + LeastInterval : Slowest;
        var reading = NtpJudge.Judge(trip);
        if (reading.Sample is not null)
            Pair = Pair with { Method = Method(trip) };
        return reading;
    }

    /// <summary>An address that refuses is followed by the next at once, a silent one at the next reading.</summary>
    private (NtpRoundTrip? Trip, string? Problem) Ask()
    {
        var started = Stopwatch.GetTimestamp();
        for (var tries = 1; ; tries++)
        {
            var address = _addresses.Dequeue();
            var (trip, problem) = NtpQuestion.Ask(address, AnswerLimit);
            if (trip is not null)
                _addresses.Clear();
            _addresses.Enqueue(address);
            Pair = Pair with { Reference = Name(_addresses.Peek()) };
            if (trip is not null || tries >= _addresses.Count || Stopwatch.GetElapsedTime(started) > AnswerLimit / 2)
                return (trip, problem);
        }
    }

    private string Name(IPEndPoint address) => IPAddress.TryParse(_host, out _) ? $"NTP {address}" : $"NTP {_host} ({address})";

    private static string Method(NtpRoundTrip trip) => (trip.KernelSent, trip.KernelReceived) switch
    {
        (true, true) => "NTP over UDP with the kernel's time stamps in both directions; half of the round trip is part of the bound",
        (false, true) => "NTP over UDP with the kernel's time stamps of answers, and of questions the program's own, which widens the round trip",
        (true, false) => "NTP over UDP with the kernel's time stamps of questions, and of answers the program's own, which widens the round trip",
        _ => "NTP over UDP with the program's own times, since the kernel gives none, which widens the round trip",
    };

    /// <summary>The addresses of the server to which there is a way.</summary>
    private static (Queue<IPEndPoint> Addresses, StampedSocket Socket) Reach(NtpServerName server, IReadOnlyList<IPAddress> addresses)
    {
        var error = "the name has no address";
        var reached = new Queue<IPEndPoint>();
        StampedSocket? socket = null;
        foreach (var address in addresses.Take(MostAddresses))
        {
            try
            {
                var end = new IPEndPoint(address, server.Port);
                var other = new StampedSocket(end);
                socket?.Dispose();
                socket = other;
                reached.Enqueue(end);
            }
            catch (SocketException e)
            {
                // Its own message repeats the address.
                error = new SocketException((int)e.SocketErrorCode).Message;
            }
        }

        return socket is null ? throw new ReferenceException($"there is no way to the NTP server {server.Host}: {error}") : (reached, socket);
    }

    private static IPAddress[] Resolve(string host)
    {
        if (IPAddress.TryParse(host, out var address))
            return [address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address];
        try
        {
            var resolving = Dns.GetHostAddressesAsync(host);
            return resolving.Wait(NameLimit) ? resolving.Result
                : throw new ReferenceException($"the name {host} of the NTP server was not resolved within {NameLimit.TotalSeconds} s");
        }
        catch (AggregateException e) when (e.InnerException is SocketException inner)
        {
            throw new ReferenceException($"the name {host} of the NTP server cannot be resolved: {inner.Message}");
        }
    }
}
