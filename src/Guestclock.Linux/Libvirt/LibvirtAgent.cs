using Guestclock.Discipline;
using Guestclock.Formats;
using Guestclock.Formats.Domains;
using Guestclock.Linux.Agents;
using Guestclock.Protocols.GuestAgent;

namespace Guestclock.Linux.Libvirt;

/// <summary>
/// A domain's guest agent through libvirt (virDomainQemuAgentCommand). libvirt carries one command of a domain at a time and
/// synchronises by itself after a failure. Its limits are whole seconds, so a call that we gave up may be under way for some seconds more: the next one
/// waits for it.
/// </summary>
public sealed class LibvirtAgent(LibvirtPool pool, string guest, IHostClock clock) : IGuestAgent, IRtcCatchup
{
    /// <summary>For <c>guest-set-time</c>, which ends with the guest's <c>hwclock</c>: about a second, more where the guest is loaded.</summary>
    private const int SetSeconds = 10;

    private const string DropTicks = """{"execute":"rtc-reset-reinjection"}""";
    private Task<AgentAnswer>? _call;
    private Task<AgentAnswer>? _set;
    private bool _hasAnswered;

    public async Task SynchronizeAsync(TimeSpan limit, CancellationToken cancellationToken) =>
        await AskAsync("guest-ping", AgentRequest.Ping, limit, cancellationToken);

    public async Task<ClockBracket> ReadTimeAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var answer = await AskAsync("guest-get-time", AgentRequest.GetTime, limit, cancellationToken);
        return answer.Reply.Number is { } time
            ? new(answer.BeforeNs, time, answer.AfterNs, answer.RoundTripNs)
            : throw new AgentException(AgentFailure.Malformed, "the agent's answer to guest-get-time is no whole number");
    }

    public async Task BeginSetTimeAsync(long aheadNs, CancellationToken cancellationToken)
    {
        var call = new AgentCall("guest-set-time", now => AgentRequest.SetTime(now + aheadNs), SetSeconds, clock);
        var deadline = new Deadline(TimeSpan.FromSeconds(SetSeconds));
        _set = await StartAsync(call, deadline, cancellationToken);
        // A daemon that hangs before it is sent may still send it later, with the time of then: whoever finishes it sees.
        if (await EndAsync(Task.WhenAny(call.Sent, _set), deadline, cancellationToken) == _set)
            await _set;
    }

    public async Task FinishSetTimeAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        if (_set is { } set)
            await WaitAsync(set, new(limit), cancellationToken);
        _set = null;
    }

    public async Task<bool> DropQueuedTicksAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var deadline = new Deadline(limit);
        var call = pool.CallAsync(guest, DropTicksOf, deadline, cancellationToken);
        return await EndAsync(call, deadline, cancellationToken);
    }

    /// <summary>A call that is under way is left to end by itself; libvirt has no way to take it back.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static bool DropTicksOf(DomainHandle domain)
    {
        try
        {
            if (DomainXmlReader.Parse(LibvirtConnection.XmlOf(domain)).Timer("rtc")?.TickPolicy != "catchup")
                return false;
        }
        catch (MalformedInputException e)
        {
            throw new AgentException(AgentFailure.Transport, $"libvirt: {e.Message}", e);
        }

        var answer = LibvirtCalls.MonitorCommand(domain, DropTicks, 4096) ?? throw LibvirtFailure.ToException(LibvirtError.Last());
        return answer.AsSpan().IndexOf("\"error\""u8) < 0
            ? true
            : throw new AgentException(AgentFailure.Unsupported, "QEMU does not know rtc-reset-reinjection");
    }

    private async Task<AgentAnswer> AskAsync(string name, string request, TimeSpan limit, CancellationToken cancellationToken)
    {
        var deadline = new Deadline(limit);
        var answer = await WaitAsync(await StartAsync(Call(name, request, limit), deadline, cancellationToken), deadline, cancellationToken);
        _hasAnswered = true;
        return answer;
    }

    private AgentCall Call(string name, string request, TimeSpan limit) =>
        new(name, _ => request, (int)Math.Clamp(Math.Ceiling(limit.TotalSeconds), 1, 60), clock);

    private async Task<Task<AgentAnswer>> StartAsync(AgentCall call, Deadline deadline, CancellationToken cancellationToken)
    {
        if (_call is { IsCompleted: false } earlier)
            await Task.WhenAny(earlier, Task.Delay(deadline.Shorter(TimeSpan.FromMinutes(1)), cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        if (_call is { IsCompleted: false })
            throw Silent(deadline);
        _call = pool.CallAsync(guest, call.Run, deadline, cancellationToken);
        OwnThread.Forget(_call);
        return _call;
    }

    private async Task<AgentAnswer> WaitAsync(Task<AgentAnswer> call, Deadline deadline, CancellationToken cancellationToken)
    {
        try
        {
            return await EndAsync(call, deadline, cancellationToken);
        }
        catch (AgentException e) when (e.Failure == AgentFailure.Blocked)
        {
            // Agents before QEMU 7.1 word a frozen guest as a blocked command.
            if (await IsFrozenAsync(deadline, cancellationToken))
                throw new AgentException(AgentFailure.Frozen, e.Message, e);
            throw;
        }
        catch (AgentException e) when (e.Failure == AgentFailure.Busy && !_hasAnswered)
        {
            throw new AgentException(AgentFailure.AgentNotRunning, e.Message, e);
        }
    }

    private async Task<bool> IsFrozenAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        try
        {
            var status = await StartAsync(Call("guest-fsfreeze-status", AgentRequest.FreezeStatus, deadline.Left), deadline, cancellationToken);
            return (await EndAsync(status, deadline, cancellationToken)).Reply.Text == "frozen";
        }
        catch (AgentException)
        {
            return false;
        }
    }

    private async Task<T> EndAsync<T>(Task<T> call, Deadline deadline, CancellationToken cancellationToken)
    {
        try
        {
            return await call.WaitAsync(deadline.Shorter(TimeSpan.FromMinutes(1)), cancellationToken);
        }
        catch (TimeoutException)
        {
            throw Silent(deadline);
        }
    }

    private AgentException Silent(Deadline deadline) =>
        new(_hasAnswered ? AgentFailure.Busy : AgentFailure.AgentNotRunning, deadline.Sentence);
}
