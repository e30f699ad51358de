namespace Guestclock.Discipline.Watch;

/// <summary>
/// The watch as a machine without I/O: what happened goes in, what is to be done comes out. One run per guest at a time; the newest
/// event wins; what a guest is owed is tried until it is right. Not for several threads at once.
/// </summary>
public sealed class WatchState
{
    /// <summary>What is said of the host before it was judged for the first time.</summary>
    public const string NotJudged = "not judged yet";

    private readonly GuestBook _guests;
    private readonly ResultRule _results;
    private readonly SortedDictionary<string, string> _troubles = new(StringComparer.Ordinal);
    private readonly List<WatchAction> _actions = [];
    private HostSanity _host = HostSanity.Unknown(NotJudged);
    private long _hostSinceNs = long.MinValue;
    private bool _isStopping;
    private long _nowNs = long.MinValue;
    private long _tickets;

    /// <param name="seed">Of the pseudo-random parts of pauses; the same seed and inputs give the same actions.</param>
    public WatchState(WatchPolicy policy, ulong seed)
    {
        _guests = new(policy);
        _results = new(_guests, new(seed));
    }

    public WatchPolicy Policy => _guests.Policy;

    /// <summary>When to say <see cref="Tick"/> at the latest (CLOCK_MONOTONIC); null: only another input can bring work.</summary>
    public long? NextWakeNs => MayAsk ? _guests.NextNs : null;

    /// <summary>True when no run is under way.</summary>
    public bool IsIdle => _guests.IsIdle;

    /// <summary>Whether guests are asked and set at this moment.</summary>
    public bool IsHeld => Policy.HostUnsynchronized == HostUnsynchronized.Refuse && !_host.IsSynchronized;

    private bool MayAsk => !_isStopping && !IsHeld;

    /// <summary>Takes one input and returns what is to be done, in order.</summary>
    /// <param name="nowNs">CLOCK_MONOTONIC; an instant before the last one counts as the last one.</param>
    public IReadOnlyList<WatchAction> On(WatchInput input, long nowNs)
    {
        if (_nowNs == long.MinValue)
            _hostSinceNs = nowNs;
        _nowNs = Math.Max(_nowNs, nowNs);
        _actions.Clear();
        Take(input);
        _guests.Begin(MayAsk, _nowNs, ref _tickets, _actions);
        return [.. _actions.Select(Bounded).OfType<WatchAction>()];
    }

    public WatchSnapshot Snapshot(long nowNs) => Picture.Take(_guests, Math.Max(_nowNs, nowNs), _host, _hostSinceNs, IsHeld) with { Troubles = [.. _troubles.Select(t => (t.Key, t.Value))] };

    private void Take(WatchInput input)
    {
        switch (input)
        {
            case GuestHappened { Event: var e }:
                EventRule.Apply(_guests, e, _nowNs, _actions);
                break;
            case RecoveryFinished finished:
                _results.Recovered(finished, _nowNs, _actions);
                break;
            case MeasurementFinished measured:
                _results.Measured(measured, _nowNs, _actions);
                break;
            case HostSlept slept:
                Tell(new(WatchRecordKind.HostSlept, _nowNs) { HostNs = slept.DurationNs });
                _guests.DisruptAll(WatchTrigger.HostSlept, _nowNs, _actions);
                break;
            case HostStepped stepped:
                Tell(new(WatchRecordKind.HostStepped, _nowNs) { HostNs = stepped.ByNs });
                _guests.DisruptAll(WatchTrigger.HostStepped, _nowNs, _actions);
                break;
            case HostJudged judged:
                Judged(judged.Sanity);
                break;
            case SourceSaid said:
                if (IsNews(said))
                    Tell(new(WatchRecordKind.Source, _nowNs) { Source = said.Source, IsRaised = said.IsTrouble, Detail = said.Detail });
                break;
            case SourcesReplaced:
                _troubles.Clear();
                break;
            case PolicyChanged changed:
                _guests.Follow(changed.Policy, _nowNs);
                Tell(new(WatchRecordKind.Reloaded, _nowNs));
                Hold();
                break;
            case StopWatching:
                _isStopping = true;
                _guests.CancelAll(_actions);
                break;
            case Tick:
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(input), input, "an input that the watch does not know");
        }
    }

    /// <summary>A source that is out of order says so each time it tries.</summary>
    private bool IsNews(SourceSaid said)
    {
        if (!said.IsWhole)
            return true;
        if (!said.IsTrouble)
            return _troubles.Remove(said.Source);
        var isNews = _troubles.GetValueOrDefault(said.Source) != said.Detail;
        _troubles[said.Source] = said.Detail;
        return isNews;
    }

    private void Judged(HostSanity sanity)
    {
        var isNew = sanity.State != _host.State || (!sanity.IsSynchronized && sanity.Detail != _host.Detail);
        var wasSynchronized = _host.IsSynchronized;
        _host = sanity;
        if (!isNew)
            return;
        _hostSinceNs = _nowNs;
        Tell(new(WatchRecordKind.Host, _nowNs) { Host = sanity, IsRaised = !sanity.IsSynchronized, Detail = sanity.IsSynchronized ? "" : IsHeld ? "no guest is set until it is" : "guests are set all the same" });
        // A clock that was not disciplined, or has just been brought back, moved in its own way: no line leads across.
        if (wasSynchronized != sanity.IsSynchronized)
            _guests.BreakLines();
        Hold();
    }

    private void Hold()
    {
        if (IsHeld)
            _guests.CancelAll(_actions);
    }

    /// <summary>A guest can bring about lines as it likes; what is too much is left out, and that is told.</summary>
    private WatchAction? Bounded(WatchAction action)
    {
        if (action is not Tell { Record.Guest: { } name } || _guests.Peek(name) is not { } guest)
            return action;
        if (guest.Lines.TryTake(_nowNs))
        {
            guest.IsHushed &= !guest.Lines.IsRested(_nowNs);
            return action;
        }

        if (guest.IsHushed)
            return null;
        guest.IsHushed = true;
        return new Tell(new(WatchRecordKind.Source, _nowNs) { Guest = name, IsRaised = true, Detail = "too much happens to this guest: further lines of it are left out, but for one now and then" });
    }

    private void Tell(WatchRecord record) => _actions.Add(new Tell(record));
}
