using Guestclock.Discipline;
using Guestclock.Discipline.Watch;
using Guestclock.Linux.Agents;
using Guestclock.Measuring;
using Guestclock.Reports.Sync;
using Guestclock.Units;

namespace Guestclock.Linux.References;

/// <summary>A guest's clock against this machine's system clock, by <c>guest-get-time</c> of its agent between two readings of this machine's. The guest's clock is never set.</summary>
public sealed class AgentReference : IReference
{
    private const int Brackets = 5;

    /// <summary>For all brackets of one reading but the first.</summary>
    private static readonly TimeSpan Enough = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan OpenLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(1);

    private readonly Func<CancellationToken, Task<IGuestAgent>> _open;
    private readonly IDisposable? _owned;
    private IGuestAgent? _agent;
    private bool _hasAnswered;

    /// <param name="clock">The guest, as a reader knows it: <c>guest web1</c>.</param>
    /// <param name="open">Opens the agent's channel; called again after a failure.</param>
    /// <param name="host">What is known of this machine's own clock.</param>
    /// <param name="owned">Disposed of at the end.</param>
    public AgentReference(string clock, Func<CancellationToken, Task<IGuestAgent>> open, HostSanity host, IDisposable? owned = null)
    {
        (_open, _owned) = (open, owned);
        Pair = new(clock, "system clock of this host",
            $"the quickest of {Brackets} calls of guest-get-time: the bound is half the round trip, and the microsecond in which the agent counts",
            [Remark(host)]);
    }

    public MeasuredPair Pair { get; }

    /// <summary>A reading costs an emulated guest some milliseconds of its processor.</summary>
    public TimeSpan LeastInterval => TimeSpan.FromMilliseconds(100);

    /// <summary>The agent behind the socket of a QEMU without libvirt; the channel is held until the end.</summary>
    public static AgentReference OfSocket(string path, HostSanity host) => new(
        $"guest at {path}", async token => await AgentSocket.ConnectAsync(path, HostClock.Instance, OpenLimit, token), host);

    public async Task<OffsetReading> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var best = await BracketAsync(cancellationToken);
            _hasAnswered = true;
            return best is { } bracket ? OffsetReading.Of(SampleOf(bracket)) : OffsetReading.None("this host's clock was set during the reading");
        }
        catch (AgentException e)
        {
            await CloseAsync();
            var isFinal = IsFinal(e.Failure);
            return OffsetReading.None(isFinal ? $"{Sentence(e)}. {AgentFailureText.Hint(e.Failure).TrimEnd('.')}" : Sentence(e), isFinal);
        }
    }

    public void Dispose()
    {
        // Nothing is under way, so nothing is waited for.
        CloseAsync().GetAwaiter().GetResult();
        _owned?.Dispose();
    }

    private static string Remark(HostSanity host) => host.State switch
    {
        HostClockState.Synchronized => $"this host's own clock is synchronised ({host.Detail}); its own error of up to {new Nanoseconds(host.BoundNs)} is no part of the bounds",
        HostClockState.NotSynchronized => $"this host's own clock is not synchronised, and the guest is measured against it all the same: {host.Detail}",
        _ => $"it is not known whether this host's own clock is right: {host.Detail}",
    };

    private static OffsetSample SampleOf(ClockBracket bracket)
    {
        var tookNs = bracket.HostAfterNs - bracket.HostBeforeNs;
        var unixNs = bracket.HostBeforeNs + (tookNs / 2);
        return new(unixNs, ClockTriples.Read().RawAt(unixNs), bracket.Offset.OffsetNs, bracket.RoundTripNs,
        [
            new("round-trip", tookNs / 2),
            new("reading", Math.Abs(tookNs - bracket.RoundTripNs)),
            new("resolution", ClockBracket.ResolutionNs),
        ]);
    }

    private static string Sentence(AgentException e)
    {
        var sentence = AgentFailureText.Sentence(e.Failure);
        return e.Message.Length == 0 || e.Message == sentence ? sentence : $"{sentence}: {e.Message}";
    }

    /// <summary>The quickest sound bracket, or null.</summary>
    private async Task<ClockBracket?> BracketAsync(CancellationToken cancellationToken)
    {
        if (_agent is null)
        {
            _agent = await new SyncTarget(Pair.Clock, _open).OpenWithinAsync(OpenLimit, cancellationToken);
            await _agent.SynchronizeAsync(AnswerLimit, cancellationToken);
        }

        ClockBracket? best = null;
        var deadline = new Deadline(Enough);
        for (var i = 0; i < Brackets && (i == 0 || deadline.Left > TimeSpan.Zero); i++)
        {
            var bracket = await _agent.ReadTimeAsync(AnswerLimit, cancellationToken);
            if (bracket.IsSound && (best is not { } known || bracket.RoundTripNs < known.RoundTripNs))
                best = bracket;
        }

        return best;
    }

    private async Task CloseAsync()
    {
        if (_agent is { } agent)
            await agent.DisposeAsync();
        _agent = null;
    }

    /// <summary>What no waiting mends. A guest that has answered may be starting anew.</summary>
    private bool IsFinal(AgentFailure failure) =>
        failure is AgentFailure.Denied or AgentFailure.NoChannel or AgentFailure.Blocked or AgentFailure.Unsupported
        || (!_hasAnswered && failure is AgentFailure.NoGuest or AgentFailure.Malformed);
}
