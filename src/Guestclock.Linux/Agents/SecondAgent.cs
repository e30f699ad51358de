namespace Guestclock.Linux.Agents;

/// <summary>A second agent in the same guest. It is an aid, not a need: opened when it is first asked something, and done without from its first failure on.</summary>
/// <param name="open">Opens its channel; null, or its result is null: there is none.</param>
internal sealed class SecondAgent(Func<CancellationToken, Task<IGuestAgent?>>? open) : IAsyncDisposable
{
    private static readonly TimeSpan OpenLimit = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(1);

    private IGuestAgent? _agent;
    private bool _isGivenUp = open is null;

    /// <summary>It has answered, and not failed since.</summary>
    public bool Answers { get; private set; }

    /// <summary>Has a conversation with it, from its synchronisation on; false where it fails, now or earlier.</summary>
    public async Task<bool> AskAsync(Func<IGuestAgent, Task> conversation, CancellationToken cancellationToken)
    {
        if (_isGivenUp)
            return false;
        try
        {
            _agent ??= await OpenAsync(cancellationToken);
            if (_agent is not null)
            {
                await _agent.SynchronizeAsync(AnswerLimit, cancellationToken);
                Answers = true;
                await conversation(_agent);
                return true;
            }
        }
        catch (AgentException)
        {
            // The first agent tells what is wrong with the guest.
        }

        _isGivenUp = true;
        Answers = false;
        return false;
    }

    /// <summary>Not before the end of the run, even where it is given up: an agent that has an answer for somebody who has left does not rest.</summary>
    public ValueTask DisposeAsync() => _agent?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<IGuestAgent?> OpenAsync(CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(OpenLimit);
        try
        {
            return open is null ? null : await open(end.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
