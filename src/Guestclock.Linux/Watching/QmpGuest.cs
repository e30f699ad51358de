using System.Threading.Channels;
using Guestclock.Discipline;
using Guestclock.Discipline.Watch;
using Guestclock.Discipline.Watch.Sources;
using Guestclock.Linux.Agents;
using Guestclock.Linux.Qmp;
using Guestclock.Protocols.Qmp;

namespace Guestclock.Linux.Watching;

/// <summary>The guest behind one QMP socket, through as many QEMUs as come and go there.</summary>
/// <param name="label">Its name unless QEMU has one (<c>-name</c>).</param>
/// <param name="agentPath">Of the agent's socket; null: QEMU is asked.</param>
#pragma warning disable CA1001 // A SemaphoreSlim whose wait handle nobody asks for holds nothing, and callers may still wait on it at the end.
internal sealed class QmpGuest(string path, string label, string? agentPath, QmpSource source)
#pragma warning restore CA1001
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan GreetingLimit = TimeSpan.FromSeconds(2);

    /// <summary>A connection that lasted so long was none that a QEMU opens and closes in a loop.</summary>
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(10);

    /// <summary>Events that are passed on within a second; no guest has so many, and a QEMU that a guest has taken over waits.</summary>
    private const int MostEvents = 200;

    private readonly QmpGuestState _state = new();
    private readonly SemaphoreSlim _looking = new(1);
    private QmpConnection? _qemu;
    private HeldChannel? _agent;
    private HeldChannel? _prover;
    private QmpProblem? _said;
    private long _second;
    private int _events;

    public string Name { get; private set; } = "";

    /// <summary>Follows what happens there until the socket is gone.</summary>
    public async Task RunAsync(ChannelWriter<GuestEvent> events, CancellationToken cancellationToken)
    {
        var delay = FirstDelay;
        do
        {
            var most = TimeSpan.FromSeconds(5);
            var connected = long.MaxValue;
            try
            {
                await using var qemu = await ConnectAsync(cancellationToken);
                (_said, connected) = (null, source.Clock.MonotonicNs);
                await FollowAsync(qemu, events, cancellationToken);
            }
            catch (QmpException e)
            {
                Say(e.Problem, e.Message);
                if (e.Problem is not (QmpProblem.Missing or QmpProblem.Refused or QmpProblem.HungUp))
                    most = TimeSpan.FromSeconds(30);
            }

            delay = source.Clock.MonotonicNs - Steady.TotalNanoseconds > connected ? FirstDelay : delay * 2 < most ? delay * 2 : most;
            await Task.Delay(delay, cancellationToken);
        }
        while (File.Exists(path));
    }

    /// <exception cref="AgentException">There is no way to it now.</exception>
    public async Task<IGuestAgent> OpenAgentAsync(CancellationToken cancellationToken)
    {
        if (_qemu is not { } qemu || !_state.IsKnown)
            throw new AgentException(AgentFailure.NotRunning, $"{path}: no guest runs there");
        if (_state.IsStopped)
            throw new AgentException(AgentFailure.Paused, "");
        if (_agent is not { IsOpen: true })
            await LookForChannelsAsync(qemu, isUrgent: true, cancellationToken);
        return await (_agent ?? throw new AgentException(AgentFailure.NoChannel, $"{path}: no port {AgentChannels.AgentName} with a unix socket"))
            .LeaseAsync(source.LeaseLimit, cancellationToken);
    }

    public async Task<IGuestAgent?> OpenProverAsync(CancellationToken cancellationToken)
    {
        try
        {
            return _qemu is not null && !_state.IsStopped && _prover is { } prover ? await prover.LeaseAsync(source.LeaseLimit, cancellationToken) : null;
        }
        catch (AgentException)
        {
            // The first channel does without it.
            return null;
        }
    }

    /// <summary>While another client holds the monitor we wait in QEMU's queue: whoever hangs up there leaves a dead place in it.</summary>
    private async Task<QmpConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var connecting = QmpConnection.ConnectAsync(path, Timeout.InfiniteTimeSpan, cancellationToken);
        if (await Task.WhenAny(connecting, Task.Delay(GreetingLimit, cancellationToken)) != connecting)
            Say(QmpProblem.Silent, $"{path}: no greeting: another client holds this monitor, or it is no QMP socket; waiting");
        return await connecting;
    }

    private async Task FollowAsync(QmpConnection qemu, ChannelWriter<GuestEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            var ownName = (await qemu.ExecuteAsync("query-name", cancellationToken: cancellationToken)).Text("name");
            Name = source.Claim(this, string.IsNullOrWhiteSpace(ownName) ? label : ownName, path);
            var status = await qemu.ExecuteAsync("query-status", cancellationToken: cancellationToken);
            var kind = _state.Look(status.Text("status") ?? "", status.IsTrue("running"));
            _qemu = qemu;
            await TellAsync(events, kind, source.Clock.MonotonicNs, $"{qemu.Greeting}, {status.Text("status")}", cancellationToken);
            await PrepareAsync(qemu, cancellationToken);
            await foreach (var told in qemu.Events.ReadAllAsync(cancellationToken))
                await TakeAsync(qemu, told, events, cancellationToken);
            if (qemu.ClosedBecause is { Problem: not QmpProblem.HungUp } because)
                throw because;
        }
        finally
        {
            _qemu = null;
            await CloseAsync();
            await TellAsync(events, _state.Leave(), source.Clock.MonotonicNs, "QEMU has closed its monitor", cancellationToken);
            source.Release(this);
        }
    }

    private async Task PrepareAsync(QmpConnection qemu, CancellationToken cancellationToken)
    {
        try
        {
            await qemu.ExecuteAsync("migrate-set-capabilities", """{"capabilities":[{"capability":"events","state":true}]}""", cancellationToken: cancellationToken);
        }
        catch (QmpException e) when (e.Problem == QmpProblem.CommandFailed)
        {
            // A migration is under way, or QEMU is older than 2.4: its end is then seen by RESUME alone.
        }

        await LookForChannelsAsync(qemu, isUrgent: false, cancellationToken);
    }

    private async Task TakeAsync(QmpConnection qemu, QmpEvent told, ChannelWriter<GuestEvent> events, CancellationToken cancellationToken)
    {
        if (told.Name == "JOB_STATUS_CHANGE" && told.Data.Text("status") == "created" && await LoadsSnapshotAsync(qemu, told.Data.Text("id"), cancellationToken))
            _state.LoadingSnapshot();
        var kind = _state.On(told);
        if (_state.MayHaveMigrated(told))
            kind = _state.LookAfterMigration(await StatusAfterMigrationAsync(qemu, cancellationToken));
        await TellAsync(events, kind, told.MonotonicNs, told.Name + (told.Data.Text("reason") is { } reason ? ": " + reason : ""), cancellationToken);
        if (kind == GuestEventKind.Paused && _agent is { IsOpen: false } agent)
            await agent.OpenAsync(cancellationToken);
    }

    /// <summary>QEMU tells of the end before its state is the last one.</summary>
    private static async Task<string> StatusAfterMigrationAsync(QmpConnection qemu, CancellationToken cancellationToken)
    {
        for (var looks = 1; ; looks++)
        {
            var status = (await qemu.ExecuteAsync("query-status", cancellationToken: cancellationToken)).Text("status") ?? "";
            if (status != "finish-migrate" || looks == 50)
                return status;
            await Task.Delay(20, cancellationToken);
        }
    }

    private static async Task<bool> LoadsSnapshotAsync(QmpConnection qemu, string? id, CancellationToken cancellationToken)
    {
        try
        {
            return (await qemu.ExecuteAsync("query-jobs", cancellationToken: cancellationToken)).Elements()
                .Any(j => j.Text("id") == id && j.Text("type") == "snapshot-load");
        }
        catch (QmpException e) when (e.Problem == QmpProblem.CommandFailed)
        {
            return false;
        }
    }

    /// <param name="isUrgent">Somebody wants the agent now, and is told why it cannot be had.</param>
    private async Task LookForChannelsAsync(QmpConnection qemu, bool isUrgent, CancellationToken cancellationToken)
    {
        await _looking.WaitAsync(cancellationToken);
        try
        {
            var channels = await FindChannelsAsync(qemu, cancellationToken);
            _state.AgentPort = channels.Agent?.DeviceId;
            _agent = await RenewAsync(qemu, _agent, agentPath ?? channels.Agent?.Path);
            // A second channel that somebody else holds is for somebody else.
            _prover = await RenewAsync(qemu, _prover, !source.UsesProvers || (channels.Prover is { IsTaken: true } && _prover is not { IsOpen: true }) ? null : channels.Prover?.Path);
            if (_qemu != qemu)
            {
                // It has ended meanwhile, and has nothing to close any more.
                await CloseAsync();
                throw new AgentException(AgentFailure.NotRunning, $"{path}: QEMU has closed its monitor");
            }

            if (channels.Agent is { IsTaken: true } && _agent is { IsOpen: false } && _agent.Path == channels.Agent.Path)
                throw new AgentException(AgentFailure.Busy, $"another client holds {_agent.Path}, which serves one at a time");
            foreach (var channel in (HeldChannel?[])[_agent, _prover])
            {
                if (channel is { IsOpen: false } && (source.IsHolding || _state.IsStopped))
                    await channel.OpenAsync(cancellationToken);
            }
        }
        catch (QmpException e) when (isUrgent)
        {
            throw new AgentException(AgentFailure.Transport, e.Message, e);
        }
        catch (Exception e) when (!isUrgent && e is AgentException or QmpException { Problem: QmpProblem.CommandFailed })
        {
            // It is looked for again when it is wanted.
        }
        finally
        {
            _looking.Release();
        }
    }

    /// <summary>QEMU may not have seen yet that we have left a channel ourselves: a taken one is looked at again.</summary>
    private async Task<AgentChannels> FindChannelsAsync(QmpConnection qemu, CancellationToken cancellationToken)
    {
        for (var looks = 1; ; looks++)
        {
            var channels = await AgentChannels.FindAsync(qemu, cancellationToken);
            if (channels.Agent is not { IsTaken: true } || _agent is not { IsOpen: false } || looks == 3)
                return channels;
            await Task.Delay(20, cancellationToken);
        }
    }

    private async Task<HeldChannel?> RenewAsync(QmpConnection qemu, HeldChannel? channel, string? path)
    {
        if (channel?.Path == path)
            return channel;
        if (channel is not null)
            await channel.DisposeAsync();
        return path is null ? null : new(path, source.Clock, source.IsHolding, qemu.User);
    }

    private async Task CloseAsync()
    {
        foreach (var channel in (HeldChannel?[])[_agent, _prover])
        {
            if (channel is not null)
                await channel.DisposeAsync();
        }

        (_agent, _prover) = (null, null);
    }

    private async Task TellAsync(ChannelWriter<GuestEvent> events, GuestEventKind? kind, long atNs, string detail, CancellationToken cancellationToken)
    {
        if (kind is not { } known || cancellationToken.IsCancellationRequested)
            return;
        await events.WriteAsync(new(Name, known, atNs, detail), cancellationToken);
        var second = source.Clock.MonotonicNs / 1_000_000_000;
        _events = second == _second ? _events + 1 : 1;
        _second = second;
        if (_events > MostEvents)
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Once for each kind of trouble, and not that a QEMU is not up yet or has ended.</summary>
    private void Say(QmpProblem problem, string sentence)
    {
        if (problem is QmpProblem.Missing or QmpProblem.Refused or QmpProblem.HungUp || _said == problem)
            return;
        _said = problem;
        source.OnTrouble?.Invoke(sentence);
    }
}
