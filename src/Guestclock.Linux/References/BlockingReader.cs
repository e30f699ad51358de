using Guestclock.Measuring;

namespace Guestclock.Linux.References;

/// <summary>
/// Runs readings that may block on a thread of their own, each with a limit. A device that hangs is left alone until its call returns; what
/// it needs is released then.
/// </summary>
internal sealed class BlockingReader(string who, TimeSpan limit, Action release) : IDisposable
{
    private readonly Lock _gate = new();
    private Task<OffsetReading>? _running;

    public async Task<OffsetReading> ReadAsync(Func<OffsetReading> read, CancellationToken cancellationToken)
    {
        Task<OffsetReading> running;
        lock (_gate)
        {
            if (_running is { IsCompleted: false })
                return OffsetReading.None($"{who} has not answered the reading before");
            running = _running = Task.Factory.StartNew(read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        try
        {
            return await running.WaitAsync(limit, cancellationToken);
        }
        catch (TimeoutException)
        {
            return OffsetReading.None($"{who} does not answer within {limit.TotalSeconds:0.#} s");
        }
        catch (OperationCanceledException)
        {
            return OffsetReading.None("the reading was interrupted");
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_running is { IsCompleted: false })
                _ = _running.ContinueWith(_ => release(), TaskScheduler.Default);
            else
                release();
        }
    }
}
