using System.Text.Json;
using Guestclock.Lab.Guests;
using Guestclock.Linux.Qmp;
using Guestclock.Protocols.Qmp;

namespace Guestclock.Lab.Scenarios;

/// <summary>What scenarios ask QEMU to do, over the socket that is theirs.</summary>
internal sealed class LabMonitor : IAsyncDisposable
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan StateLimit = TimeSpan.FromMinutes(2);
    private readonly QmpConnection _qmp;

    private LabMonitor(QmpConnection qmp) => _qmp = qmp;

    /// <summary>Connects to a QEMU that runs, or that is about to.</summary>
    /// <exception cref="LabException">It does not answer.</exception>
    public static async Task<LabMonitor> ConnectAsync(GuestSockets guest, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(ConnectLimit);
        while (true)
        {
            try
            {
                return new(await QmpConnection.ConnectAsync(guest.ControlSocket, ConnectLimit, deadline.Token));
            }
            catch (QmpException) when (!deadline.IsCancellationRequested)
            {
                await Task.Delay(5, cancellationToken);
            }
            catch (Exception e) when (e is QmpException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                throw new LabException($"QEMU does not answer on {guest.ControlSocket}", e);
            }
        }
    }

    /// <exception cref="LabException">QEMU refused.</exception>
    public async Task<JsonElement> ExecuteAsync(string command, string argumentsJson = "", CancellationToken cancellationToken = default)
    {
        try
        {
            return await _qmp.ExecuteAsync(command, argumentsJson, StateLimit, cancellationToken);
        }
        catch (QmpException e)
        {
            throw new LabException($"QEMU did not do {command}: {e.Message}", e);
        }
    }

    /// <summary>A command of QEMU's monitor for people, which says nothing when it has done it.</summary>
    public async Task HumanAsync(string command, CancellationToken cancellationToken)
    {
        var answer = (await ExecuteAsync("human-monitor-command", $"{{\"command-line\":\"{command}\"}}", cancellationToken)).GetString();
        if (!string.IsNullOrWhiteSpace(answer))
            throw new LabException($"QEMU did not do {command}: {answer.Trim()}");
    }

    /// <summary>Lets the paused guest run on at an instant, or at once where that is over.</summary>
    /// <param name="monotonicNs">CLOCK_MONOTONIC, ns.</param>
    /// <returns>When QEMU said that it runs, by the same clock.</returns>
    public async Task<long> ContinueAtAsync(long monotonicNs, CancellationToken cancellationToken)
    {
        await LabWait.UntilAsync(monotonicNs, cancellationToken);
        await ExecuteAsync("cont", cancellationToken: cancellationToken);
        return (await NextAsync("RESUME", cancellationToken)).MonotonicNs;
    }

    /// <summary>The next event of that name; those before it are passed over.</summary>
    public Task<QmpEvent> NextAsync(string name, CancellationToken cancellationToken) => NextAsync(e => e.Name == name, name, cancellationToken);

    /// <param name="what">For the sentence that says that it did not come.</param>
    public async Task<QmpEvent> NextAsync(Predicate<QmpEvent> isIt, string what, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(StateLimit);
        try
        {
            while (await _qmp.Events.WaitToReadAsync(deadline.Token))
            {
                while (_qmp.Events.TryRead(out var told))
                {
                    if (isIt(told))
                        return told;
                }
            }
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LabException($"QEMU has not told of {what} after {StateLimit.TotalSeconds:0} s", e);
        }
        throw new LabException($"QEMU ended before it told of {what}");
    }

    public ValueTask DisposeAsync() => _qmp.DisposeAsync();
}
