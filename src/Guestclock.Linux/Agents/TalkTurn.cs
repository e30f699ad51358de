namespace Guestclock.Linux.Agents;

/// <summary>
/// A turn at talking while few others do, so that round trips do not disturb each other. It is a courtesy with an end: a guest that is slow
/// loses it, and who has waited for long goes without, so that nobody can hold up the others.
/// </summary>
internal sealed class TalkTurn : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(50);

    private readonly Timer? _end;
    private SemaphoreSlim? _turns;

    private TalkTurn(SemaphoreSlim? turns)
    {
        _turns = turns;
        if (turns is not null)
            _end = new(_ => WasLost = Give(), null, Longest, Timeout.InfiniteTimeSpan);
    }

    /// <summary>It took too long, and others have talked meanwhile.</summary>
    public bool WasLost { get; private set; }

    /// <param name="turns">As many as may talk at once; null: any number.</param>
    public static async Task<TalkTurn> TakeAsync(SemaphoreSlim? turns, CancellationToken cancellationToken) =>
        new(turns is not null && await turns.WaitAsync(LongestWait, cancellationToken) ? turns : null);

    public void Dispose()
    {
        _end?.Dispose();
        Give();
    }

    private bool Give()
    {
        var turns = Interlocked.Exchange(ref _turns, null);
        turns?.Release();
        return turns is not null;
    }
}
