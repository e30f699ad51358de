using System.Net.Sockets;
using Guestclock.Discipline;
using Guestclock.Lab.Results;
using Guestclock.Lab.Scenarios;

namespace Guestclock.Lab.Referee;

/// <summary>
/// Watches a guest's true clock over the second agent, on a thread of its own. A reading that comes late or not at all is no sample; the
/// guest is then looked for wherever it may be, so that a migration costs samples but does not end the watch.
/// </summary>
public sealed class GuestReferee : IAsyncDisposable
{
    private const long ReadLimitNs = 250_000_000;
    private const long AskAgainQuietNs = 2_000_000_000;
    private const long AskAgainNs = 300_000_000;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    private readonly LabRun _run;
    private readonly Thread _thread;
    private readonly AutoResetEvent _wake = new(false);
    private readonly Lock _lock = new();
    private readonly List<(long AtNs, ClockOffset Error)> _readings = [];
    private readonly List<long> _missedAtNs = [];
    private readonly List<RefereeChannel> _channels = [];
    private RefereeChannel? _current;
    private long _closeSinceNs;
    private long? _brokenAtNs;
    private bool _isAskedAnew;
    private volatile bool _isStopped;

    private GuestReferee(LabRun run)
    {
        _run = run;
        _thread = new Thread(Watch) { IsBackground = true, Name = "referee" };
    }

    /// <summary>The newest reading, whenever it was; null before the first.</summary>
    public ClockOffset? Latest
    {
        get
        {
            lock (_lock)
                return _readings.Count > 0 ? _readings[^1].Error : null;
        }
    }

    /// <summary>Readings so far.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _readings.Count;
        }
    }

    /// <param name="run">A prepared run; its guest need not be up yet.</param>
    public static GuestReferee Start(LabRun run)
    {
        var referee = new GuestReferee(run);
        referee._thread.Start();
        return referee;
    }

    /// <summary>Says when the clock was broken (CLOCK_MONOTONIC); from then on the referee looks closely.</summary>
    public void MarkBreak(long brokenAtNs)
    {
        lock (_lock)
        {
            _brokenAtNs = brokenAtNs;
            _closeSinceNs = brokenAtNs;
            _isAskedAnew = true;
        }

        _wake.Set();
    }

    /// <summary>All samples so far; before <see cref="MarkBreak"/> there are none.</summary>
    public IReadOnlyList<RefereeSample> Samples()
    {
        lock (_lock)
            return _brokenAtNs is { } at ? [.. _readings.Select(r => new RefereeSample(r.AtNs - at, r.Error))] : [];
    }

    /// <summary>Readings since the break that came to nothing.</summary>
    public int Missed()
    {
        lock (_lock)
            return _brokenAtNs is { } at ? _missedAtNs.Count(m => m >= at) : 0;
    }

    public ValueTask DisposeAsync()
    {
        if (_isStopped)
            return ValueTask.CompletedTask;
        _isStopped = true;
        _wake.Set();
        _thread.Join();
        _channels.ForEach(c => c.Dispose());
        _wake.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Watch()
    {
        while (!_isStopped)
        {
            if (_current is null)
                LookForGuest();
            else
                Read(_current);
        }
    }

    private void Read(RefereeChannel channel)
    {
        var started = _run.HostClock.MonotonicNs;
        var bracket = channel.Read(_run.HostClock, TimeSpan.FromMicroseconds(ReadLimitNs / 1000));
        lock (_lock)
        {
            if (bracket is { IsSound: true } sound)
            {
                _readings.Add((started + (sound.RoundTripNs / 2), sound.Offset));
            }
            else if (bracket is null)
            {
                _missedAtNs.Add(started);
                channel.AskedAtNs = 0;
                _current = null;
                return;
            }
        }

        _wake.WaitOne(Pace());
    }

    private TimeSpan Pace()
    {
        lock (_lock)
            return _closeSinceNs == 0 ? RefereePace.Quiet : RefereePace.After(_run.HostClock.MonotonicNs - _closeSinceNs);
    }

    /// <summary>Asks everywhere where the guest may be, and takes the first that answers.</summary>
    private void LookForGuest()
    {
        foreach (var path in _run.Places.Append(_run.Guest).Select(p => p.RefereeSocket).Distinct(StringComparer.Ordinal))
        {
            if (!_channels.Exists(c => c.Path == path) && RefereeChannel.TryOpen(path) is { } opened)
                _channels.Add(opened);
        }

        Ask();
        if (_channels.Count == 0)
        {
            _wake.WaitOne(Glance);
            return;
        }

        var readable = _channels.ConvertAll(c => c.Socket);
        Socket.Select(readable, null, null, Glance);
        foreach (var channel in _channels.Where(c => readable.Contains(c.Socket)).ToList())
        {
            var sign = channel.TakeSign();
            if (sign is null)
                Drop(channel);
            else if (sign.Value && _current is null)
                Found(channel);
        }
    }

    /// <summary>A guest that stands still has the question waiting; another is only put where the first may be lost.</summary>
    private void Ask()
    {
        bool isNow, isBroken;
        lock (_lock)
        {
            (isNow, _isAskedAnew) = (_isAskedAnew, false);
            isBroken = _brokenAtNs is not null;
        }

        var now = _run.HostClock.MonotonicNs;
        foreach (var channel in _channels.Where(c => isNow || now - c.AskedAtNs > (isBroken ? AskAgainNs : AskAgainQuietNs)).ToList())
        {
            if (!channel.Ask(now))
                Drop(channel);
        }
    }

    private void Found(RefereeChannel channel)
    {
        _current = channel;
        lock (_lock)
        {
            // After a silence something has happened, even if nobody has said yet what.
            if (_brokenAtNs is null && _readings.Count > 0)
                _closeSinceNs = _run.HostClock.MonotonicNs;
        }
    }

    private void Drop(RefereeChannel channel)
    {
        _channels.Remove(channel);
        channel.Dispose();
    }
}
