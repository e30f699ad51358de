using Guestclock.Discipline;

namespace Guestclock.Linux.Agents;

/// <summary>An agent that is lent for one conversation and goes back when this is disposed of.</summary>
/// <param name="giveBack">Told whether the channel is broken, so that it must be opened anew. A silent one is not: its guest may be paused.</param>
internal sealed class AgentLease(IGuestAgent agent, Func<bool, ValueTask> giveBack) : IGuestAgent
{
    private bool _isBroken;
    private bool _isBack;

    public Task SynchronizeAsync(TimeSpan limit, CancellationToken cancellationToken) => Watch(agent.SynchronizeAsync(limit, cancellationToken));

    public Task<ClockBracket> ReadTimeAsync(TimeSpan limit, CancellationToken cancellationToken) => Watch(agent.ReadTimeAsync(limit, cancellationToken));

    public Task BeginSetTimeAsync(long aheadNs, CancellationToken cancellationToken) => Watch(agent.BeginSetTimeAsync(aheadNs, cancellationToken));

    public Task FinishSetTimeAsync(TimeSpan limit, CancellationToken cancellationToken) => Watch(agent.FinishSetTimeAsync(limit, cancellationToken));

    public async ValueTask DisposeAsync()
    {
        if (_isBack)
            return;
        _isBack = true;
        await giveBack(_isBroken);
    }

    private async Task Watch(Task call)
    {
        try
        {
            await call;
        }
        catch (AgentException e)
        {
            Note(e);
            throw;
        }
    }

    private async Task<T> Watch<T>(Task<T> call)
    {
        try
        {
            return await call;
        }
        catch (AgentException e)
        {
            Note(e);
            throw;
        }
    }

    private void Note(AgentException e) => _isBroken |= e.Failure is AgentFailure.HungUp or AgentFailure.Transport or AgentFailure.Malformed;
}
