using System.Text;
using System.Threading.Channels;
using Guestclock.Discipline;
using Guestclock.Discipline.Watch;
using Guestclock.Linux.Live;
using Guestclock.Linux.Services;
using Guestclock.Reports.Watch;

namespace Guestclock.Linux.Watching;

/// <summary>
/// The heart of <c>guestclock watch</c>: what sources and the host tell goes into <see cref="WatchState"/>, one input after the other, and
/// what that wants done is done beside it.
/// </summary>
public sealed class WatchLoop : IWatchLoop
{
    private static readonly TimeSpan JudgeEvery = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HangsAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    private readonly Channel<WatchInput> _inputs = Channel.CreateUnbounded<WatchInput>(new() { SingleReader = true });
    private readonly Lock _looking = new();
    private readonly WatchEnvironment _around;
    private readonly ILineSink _lines;
    private readonly WatchState _state;
    private readonly WatchRuns _runs;
    private readonly WatchSources _sources;
    private readonly Timer _alarm;
    private WatchSettings _settings;
    private Task _applying = Task.CompletedTask;
    private long _beatNs;

    public WatchLoop(WatchSettings settings, ILineSink lines, WatchEnvironment around)
    {
        (_settings, _lines, _around) = (settings, lines, around);
        _state = new(settings.WatchPolicy, Unpredictable.Number64());
        _sources = new(Tell, around.Clock);
        _runs = new(_sources.Target, Tell);
        _alarm = new(_ => Tell(new Tick()));
        _beatNs = around.Clock.MonotonicNs;
    }

    public bool IsAlive => _around.Clock.MonotonicNs - Interlocked.Read(ref _beatNs) < HangsAfter.TotalNanoseconds;

    public string? NotReady
    {
        get
        {
            var snapshot = Snapshot();
            return snapshot.Host.State == HostClockState.Unknown && snapshot.Host.Detail == WatchState.NotJudged ? "the host's clock has not been judged yet"
                : snapshot.Troubles is [var (source, detail), ..] ? $"{source}: {detail}" : null;
        }
    }

    public string Summary => WatchSummary.Of(Snapshot());

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Say(new(WatchRecordKind.Started, _around.Clock.MonotonicNs) { Detail = $"guestclock {_around.Version}" });
        var besides = StartBesides(end.Token);
        try
        {
            while (await _inputs.Reader.WaitToReadAsync(cancellationToken))
                TakeAll();
        }
        catch (OperationCanceledException)
        {
            // The end that was asked for.
        }

        await EndAsync(end, besides);
    }

    public async Task<IReadOnlyList<RecoveryOutcome>> RunOnceAsync(CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var besides = StartBesides(end.Token);
        var round = new WatchRound(_around.Clock);
        while (!round.IsOver(Snapshot()) && !cancellationToken.IsCancellationRequested)
        {
            TakeAll();
            await Task.Delay(20, CancellationToken.None);
        }

        var outcomes = WatchRound.Outcomes(Snapshot());
        await EndAsync(end, besides);
        return outcomes;
    }

    public void Apply(WatchSettings settings) => _applying = _applying.ContinueWith(_ => ApplyAsync(settings), TaskScheduler.Default).Unwrap();

    public string Metrics()
    {
        using var text = new StringWriter();
        WatchMetrics.Write(Snapshot(), _around.Version, _around.Clock.RealtimeNs, text);
        return text.ToString();
    }

    public ReadOnlyMemory<byte> Status()
    {
        using var text = new StringWriter();
        WatchStatusJson.Write(Snapshot(), _around.Version, _around.Clock.RealtimeNs, text);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await _alarm.DisposeAsync();
        _sources.Dispose();
    }

    private void Tell(WatchInput input) => _inputs.Writer.TryWrite(input);

    /// <summary>What tells beside the loop: the sources, the host's disruptions and its judge.</summary>
    private Task[] StartBesides(CancellationToken cancellationToken)
    {
        // The host first: until it is judged, nothing is spread.
        Take(new HostJudged(JudgeHost()));
        _sources.Start(_around.Sources(_settings, Tell), _settings.Watches);
        SetAlarm();
        return [_around.Disruptions.RunAsync(_inputs.Writer, cancellationToken), JudgeAsync(cancellationToken)];
    }

    private async Task JudgeAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(JudgeEvery, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!cancellationToken.IsCancellationRequested)
                Tell(new HostJudged(JudgeHost()));
        }
    }

    /// <summary>Whoever cannot be asked is not known, and on a host that is not known nothing rests.</summary>
    private HostSanity JudgeHost()
    {
        try
        {
            return _around.JudgeHost();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return HostSanity.Unknown($"the host's clock could not be judged: {e.Message}");
        }
    }

    private void TakeAll()
    {
        while (_inputs.Reader.TryRead(out var input))
            Take(input);
        SetAlarm();
    }

    private void Take(WatchInput input)
    {
        IReadOnlyList<WatchAction> actions;
        Interlocked.Exchange(ref _beatNs, _around.Clock.MonotonicNs);
        lock (_looking)
            actions = _state.On(input, _around.Clock.MonotonicNs);
        foreach (var action in actions)
        {
            switch (action)
            {
                case StartRecovery start:
                    _runs.Begin(start, _settings.RecoveryPolicy);
                    break;
                case StartMeasurement start:
                    _runs.Begin(start);
                    break;
                case CancelRun cancel:
                    _runs.Cancel(cancel.Ticket);
                    break;
                case Tell tell:
                    Say(tell.Record);
                    break;
            }
        }
    }

    private void SetAlarm()
    {
        var nowNs = _around.Clock.MonotonicNs;
        var waitMs = _state.NextWakeNs is { } wakeNs ? Math.Clamp(((wakeNs - nowNs) / 1_000_000) + 1, 1, (long)Heartbeat.TotalMilliseconds) : (long)Heartbeat.TotalMilliseconds;
        _alarm.Change(waitMs, Timeout.Infinite);
    }

    private async Task ApplyAsync(WatchSettings settings)
    {
        var old = _settings;
        _settings = settings;
        Tell(new PolicyChanged(settings.WatchPolicy));
        if (settings.HasSameGuests(old))
            return;
        try
        {
            var sources = _around.Sources(settings, Tell);
            await _sources.StopAsync();
            Tell(new SourcesReplaced());
            _sources.Start(sources, settings.Watches);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Tell(new SourceSaid("settings", true, $"the guests are watched as before: {e.Message}"));
        }
    }

    private async Task EndAsync(CancellationTokenSource end, Task[] besides)
    {
        Take(new StopWatching());
        var deadline = _around.Clock.MonotonicNs + (long)StopLimit.TotalNanoseconds;
        while (!_state.IsIdle && _around.Clock.MonotonicNs < deadline)
        {
            TakeAll();
            await Task.Delay(5, CancellationToken.None);
        }

        await end.CancelAsync();
        await _applying;
        await _sources.StopAsync();
        await Task.WhenAll(besides).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Say(new(WatchRecordKind.Stopped, _around.Clock.MonotonicNs));
    }

    private WatchSnapshot Snapshot()
    {
        lock (_looking)
            return _state.Snapshot(_around.Clock.MonotonicNs);
    }

    private void Say(WatchRecord record)
    {
        _around.OnRecord?.Invoke(record);
        var agoNs = _around.Clock.MonotonicNs - record.AtNs;
        _lines.Write(Encoding.UTF8.GetBytes(WatchRecordJson.Line(record, _around.Clock.RealtimeNs - agoNs)));
    }
}
