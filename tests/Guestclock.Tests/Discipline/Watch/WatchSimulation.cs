using Guestclock.Discipline;
using Guestclock.Discipline.Watch;

namespace Guestclock.Tests.Discipline.Watch;

/// <summary>
/// A host with guests whose clocks fall behind while they are paused, whose agents die and come back, and which pause again amid a
/// recovery; the watch's actions are carried out after random times. It checks what must hold at every step, and at the end.
/// </summary>
internal sealed class WatchSimulation
{
    private const long Ms = 1_000_000;
    private const long S = 1000 * Ms;

    private readonly Random _random;
    private readonly WatchPolicy _policy;
    private readonly WatchState _state;
    private readonly SortedDictionary<string, SimulatedGuest> _guests = new(StringComparer.Ordinal);
    private readonly Dictionary<long, SimulatedRun> _runs = [];
    private readonly PriorityQueue<Action, (long AtNs, long Order)> _agenda = new();
    private long _order;
    private long _nowNs = 1000 * S;
    private bool _isHostRight = true;
    private bool _isQuiet;
    private int _inputs;
    private int _actions;

    public WatchSimulation(int seed)
    {
        _random = new(seed);
        _policy = WatchPolicy.Default with { MaxActive = _random.Next(1, 5), SlowRetryNs = 20 * S, HopelessRetryNs = 60 * S, MeasureEveryNs = _random.Next(4) == 0 ? 0 : 30 * S };
        _state = new(_policy, (ulong)seed);
        Input(new HostJudged(WatchBench.Sane));
    }

    public int Recoveries { get; private set; }

    /// <summary>Random events for two minutes, then ten quiet minutes in which every agent answers.</summary>
    public void Run()
    {
        for (var n = _random.Next(10, 60); n > 0; n--)
            At(_nowNs + _random.NextInt64(120 * S), Disturb);
        Until(_nowNs + (120 * S));
        _isQuiet = true;
        if (!_isHostRight)
            Host(true);
        foreach (var guest in _guests.Values.Where(g => g.IsHere))
        {
            guest.HasAgent = true;
            if (!guest.IsRunning)
                Resume(guest);
        }

        Until(_nowNs + (600 * S));
        Verify();
    }

    private void Verify()
    {
        foreach (var guest in _guests.Values.Where(g => g.IsHere))
            Assert.True(guest.ErrorNs == 0 && guest.WasProvedSinceDisruption, $"{guest.Name} is left {guest.ErrorNs} ns off");
        var snapshot = _state.Snapshot(_nowNs);
        Assert.Equal(_guests.Values.Where(g => g.IsHere).Select(g => g.Name), snapshot.Guests.Select(g => g.Name));
        Assert.Equal((0, 0), (snapshot.Owed, snapshot.Waiting));
        Assert.InRange(_actions, 0, 40 * _inputs);
        // Ten minutes of measurements twice a minute, and what was disturbed before: not a busy loop.
        Assert.InRange(_inputs, 0, 4000);
    }

    private void Until(long endNs)
    {
        while (true)
        {
            var wake = _state.NextWakeNs;
            Assert.True(wake is null || wake > _nowNs, "a wake that is not in the future is a busy loop");
            var isAgenda = _agenda.TryPeek(out _, out var next) && (wake is null || next.AtNs <= wake);
            var at = isAgenda ? next.AtNs : wake ?? long.MaxValue;
            if (at > endNs)
                break;
            _nowNs = Math.Max(_nowNs, at);
            if (isAgenda)
                _agenda.Dequeue()();
            else
                Input(new Tick());
        }

        _nowNs = endNs;
    }

    private void At(long atNs, Action action) => _agenda.Enqueue(action, (atNs, _order++));

    private void Input(WatchInput input)
    {
        _inputs++;
        foreach (var action in _state.On(input, _nowNs))
        {
            _actions++;
            Perform(action);
        }

        Assert.InRange(_runs.Count, 0, _policy.MaxActive);
    }

    private void Perform(WatchAction action)
    {
        switch (action)
        {
            case StartRecovery start:
                Begin(start.Guest, start.Ticket, isRecovery: true);
                break;
            case StartMeasurement start:
                Begin(start.Guest, start.Ticket, isRecovery: false);
                break;
            case CancelRun cancel:
                Assert.True(_runs.TryGetValue(cancel.Ticket, out var run) && !run.IsCancelled, "only what runs is cancelled, and once");
                run.IsCancelled = true;
                // Some runs hear of it at once, others end on their own before.
                At(_nowNs + _random.NextInt64(20 * Ms), () => End(run));
                break;
        }
    }

    private void Begin(string name, long ticket, bool isRecovery)
    {
        Assert.DoesNotContain(_runs.Values, r => r.Guest.Name == name);
        var guest = _guests[name];
        Assert.True(guest is { IsHere: true, IsRunning: true }, "a guest that does not run is not asked");
        Assert.True(_isHostRight, "a wrong time is not spread");
        var run = new SimulatedRun(guest, ticket, isRecovery, guest.Disruptions);
        _runs.Add(ticket, run);
        At(_nowNs + _random.NextInt64(Ms, isRecovery ? 1500 * Ms : 5 * Ms), () => End(run));
    }

    private void End(SimulatedRun run)
    {
        if (!_runs.Remove(run.Ticket))
            return;
        var guest = run.Guest;
        var answers = guest is { IsHere: true, IsRunning: true, HasAgent: true };
        if (!run.IsRecovery)
        {
            Input(new MeasurementFinished(guest.Name, run.Ticket, answers ? new ClockOffset(guest.ErrorNs, Ms) : null, answers ? null : AgentFailure.AgentNotRunning));
            return;
        }

        Recoveries++;
        var result = new RecoveryResult(guest.Name, RecoveryOutcome.Failed, 10 * Ms) { Failure = AgentFailure.AgentNotRunning };
        if (answers && (_isQuiet || _random.Next(5) > 0))
        {
            var before = new ClockOffset(guest.ErrorNs, Ms);
            guest.ErrorNs = 0;
            result = new(guest.Name, RecoveryOutcome.Recovered, 10 * Ms) { Before = before, After = new(0, Ms), ProofNs = 50 * Ms, Sets = [new(0, 0)] };
            // The clock was put right, yet a disruption that the watch has heard of since wants its own proof.
            guest.WasProvedSinceDisruption |= run.Disruptions == guest.Disruptions && !run.IsCancelled;
        }
        else if (answers)
        {
            var outcome = _random.Next(2) == 0 ? RecoveryOutcome.NotProved : RecoveryOutcome.Failed;
            result = result with { Outcome = outcome, Failure = _random.Next(4) == 0 ? AgentFailure.Blocked : _random.Next(2) == 0 ? AgentFailure.HungUp : null };
        }

        Input(new RecoveryFinished(guest.Name, run.Ticket, result));
    }

    private void Disturb()
    {
        var name = $"guest {_random.Next(8)}";
        if (!_guests.TryGetValue(name, out var guest))
            _guests.Add(name, guest = new(name));
        switch (_random.Next(14))
        {
            case 0 when guest.IsHere:
                (guest.IsHere, guest.IsRunning) = (false, false);
                Tell(guest, GuestEventKind.Gone);
                break;
            case 1 when _random.Next(3) == 0:
                Host(!_isHostRight);
                break;
            case 2 when _random.Next(3) == 0:
                HostDisrupts(new HostStepped(5 * S), -5 * S);
                break;
            case 3 when _random.Next(3) == 0:
                HostDisrupts(new HostSlept(60 * S), -60 * S);
                break;
            case 4 when guest.IsHere:
                guest.HasAgent = false;
                break;
            case 5 when guest.IsHere:
                guest.HasAgent = true;
                Tell(guest, GuestEventKind.AgentConnected);
                break;
            case 6 when guest.IsHere:
                Tell(guest, GuestEventKind.RtcChanged);
                break;
            case 7 when guest is { IsHere: true, IsRunning: true }:
                Disrupt(guest, GuestEventKind.Reset);
                break;
            case 8 when guest is { IsHere: true, IsRunning: true }:
                Disrupt(guest, GuestEventKind.Migrated);
                break;
            case 9 or 10 or 11 when guest is { IsHere: true, IsRunning: true }:
                guest.IsRunning = false;
                Tell(guest, GuestEventKind.Paused);
                At(_nowNs + _random.NextInt64(2 * S), () => Resume(guest));
                break;
            default:
                if (!guest.IsHere)
                {
                    (guest.IsHere, guest.IsRunning, guest.HasAgent) = (true, true, _random.Next(3) > 0);
                    Disrupt(guest, _random.Next(2) == 0 ? GuestEventKind.Started : GuestEventKind.Found);
                }

                break;
        }
    }

    private void Resume(SimulatedGuest guest)
    {
        if (guest is not { IsHere: true, IsRunning: false })
            return;
        guest.IsRunning = true;
        Disrupt(guest, GuestEventKind.Resumed);
    }

    private void Disrupt(SimulatedGuest guest, GuestEventKind kind)
    {
        guest.Disrupt(-3 * S);
        Tell(guest, kind);
    }

    private void HostDisrupts(WatchInput input, long byNs)
    {
        foreach (var guest in _guests.Values.Where(g => g.IsHere))
            guest.Disrupt(byNs);
        Input(input);
    }

    private void Host(bool isRight)
    {
        _isHostRight = isRight;
        Input(new HostJudged(isRight ? WatchBench.Sane : HostSanity.NotSynchronized("simulated")));
    }

    private void Tell(SimulatedGuest guest, GuestEventKind kind) => Input(new GuestHappened(new(guest.Name, kind, _nowNs)));
}

internal sealed class SimulatedGuest(string name)
{
    public string Name => name;

    public bool IsHere { get; set; }

    public bool IsRunning { get; set; }

    public bool HasAgent { get; set; }

    public long ErrorNs { get; set; }

    public int Disruptions { get; private set; }

    public bool WasProvedSinceDisruption { get; set; }

    public void Disrupt(long byNs)
    {
        ErrorNs += byNs;
        Disruptions++;
        WasProvedSinceDisruption = false;
    }
}

/// <param name="Disruptions">How many the guest had known when the run began.</param>
internal sealed record SimulatedRun(SimulatedGuest Guest, long Ticket, bool IsRecovery, int Disruptions)
{
    public bool IsCancelled { get; set; }
}
