using System.Net;
using System.Net.Sockets;
using Guestclock.Measuring;
using Guestclock.Protocols.Ntp;

namespace Guestclock.Linux.References;

/// <summary>The system clock against one NTP server. Its name is resolved once, so that all samples are of the same server.</summary>
public sealed class NtpReference : IReference
{
    private static readonly TimeSpan NameLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(1.5);

    /// <summary>Seldomer a server that once said RATE need not be asked: the slowest poll of chrony and ntpd by default.</summary>
    private static readonly TimeSpan Slowest = TimeSpan.FromSeconds(1024);

    private readonly IPEndPoint _server;
    private readonly BlockingReader _reader;

    /// <summary>While one socket is stamped the kernel stamps at once for others too: it begins to only some time after the first one asks.</summary>
    private readonly StampedSocket _keeper;

    public NtpReference(NtpServerName server)
    {
        (_server, _keeper) = Reach(server);
        _reader = new($"{_server}", AnswerLimit + AnswerLimit, _keeper.Dispose);
        LeastInterval = _server.Address.IsNear() ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(8);
        var address = $"{_server}";
        var name = IPAddress.TryParse(server.Host, out _) ? $"NTP {address}" : $"NTP {server.Host} ({address})";
        Pair = new("system clock", name, "NTP over UDP; half of the round trip is part of the bound",
            IPAddress.IsLoopback(_server.Address) ? ["the server runs on this machine: if it serves this machine's own clock, the offset is always zero"] : []);
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
        var (trip, problem) = NtpQuestion.Ask(_server, AnswerLimit);
        if (trip is null)
            return OffsetReading.None(problem!);
        if (NtpJudge.Kiss(trip.Reply) == "RATE")
            LeastInterval = LeastInterval + LeastInterval < Slowest ? LeastInterval + LeastInterval : Slowest;
        var reading = NtpJudge.Judge(trip);
        if (reading.Sample is not null)
            Pair = Pair with { Method = Method(trip) };
        return reading;
    }

    private static string Method(NtpRoundTrip trip) => (trip.KernelSent, trip.KernelReceived) switch
    {
        (true, true) => "NTP over UDP with the kernel's time stamps in both directions; half of the round trip is part of the bound",
        (false, true) => "NTP over UDP with the kernel's time stamps of answers, and of questions the program's own, which widens the round trip",
        (true, false) => "NTP over UDP with the kernel's time stamps of questions, and of answers the program's own, which widens the round trip",
        _ => "NTP over UDP with the program's own times, since the kernel gives none, which widens the round trip",
    };

    /// <summary>The first address of the server to which there is a way.</summary>
    private static (IPEndPoint Server, StampedSocket Socket) Reach(NtpServerName server)
    {
        var error = "the name has no address";
        foreach (var address in Resolve(server.Host).Take(8))
        {
            try
            {
                var end = new IPEndPoint(address, server.Port);
                return (end, new(end));
            }
            catch (SocketException e)
            {
                error = e.Message;
            }
        }

        throw new ReferenceException($"there is no way to the NTP server {server.Host}: {error}");
    }

    private static IPAddress[] Resolve(string host)
    {
        if (IPAddress.TryParse(host, out var address))
            return [address];
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
