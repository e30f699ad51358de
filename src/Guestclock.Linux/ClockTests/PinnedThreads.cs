using System.Runtime.ExceptionServices;
using Guestclock.Linux.Native;

namespace Guestclock.Linux.ClockTests;

/// <summary>One thread on each CPU, all at the same time, for a while.</summary>
internal static class PinnedThreads
{
    /// <summary>For a thread whose CPU others keep to themselves: what it measured is then left out.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private const int StackBytes = 256 << 10;

    /// <summary>
    /// Runs <paramref name="body"/> with the index of its CPU until it returns, or until the duration has passed and it has seen the
    /// flag. The bodies begin together, when all threads are where they belong.
    /// </summary>
    /// <returns>For each CPU what the body returned; null where it could not run there or did not come to an end.</returns>
    public static T?[] Run<T>(IReadOnlyList<int> cpus, TimeSpan duration, Func<int, Stop, T> body, CancellationToken cancellationToken)
        where T : class
    {
        var results = new T?[cpus.Count];
        ExceptionDispatchInfo? failure = null;
        var stop = new Stop();
        using var ready = new CountdownEvent(cpus.Count);
        using var begun = new CountdownEvent(cpus.Count);
        using var ended = new CountdownEvent(cpus.Count);
        using var begin = new ManualResetEventSlim();
        for (var i = 0; i < cpus.Count; i++)
        {
            var index = i;
            try
            {
                new Thread(() => Work(index), StackBytes) { IsBackground = true, Name = $"cpu{cpus[i]}" }.Start();
            }
            catch (Exception e) when (e is OutOfMemoryException or ThreadStartException)
            {
                // More threads than a container may have: the others do without it.
                ready.Signal();
                begun.Signal();
                ended.Signal();
            }
        }

        _ = ready.Wait(Patience, CancellationToken.None);
        begin.Set();
        // On a busy machine some get their CPU later; the time counts from then.
        WaitHandle.WaitAny([begun.WaitHandle, cancellationToken.WaitHandle], Patience);
        WaitHandle.WaitAny([ended.WaitHandle, cancellationToken.WaitHandle], duration);
        stop.Set();
        _ = ended.Wait(Patience, CancellationToken.None);
        lock (results)
        {
            failure?.Throw();
            return [.. results];
        }

        void Work(int index)
        {
            T? result = null;
            try
            {
                var isThere = CpuSet.Pin(cpus[index]);
                ready.Signal();
                begin.Wait(CancellationToken.None);
                begun.Signal();
                if (isThere)
                    result = body(index, stop);
            }
            catch (ObjectDisposedException)
            {
                // The run has ended without this thread.
                return;
            }
            catch (Exception e)
            {
                lock (results)
                    failure ??= ExceptionDispatchInfo.Capture(e);
            }

            lock (results)
                results[index] = result;
            try
            {
                ended.Signal();
            }
            catch (ObjectDisposedException)
            {
                // Likewise.
            }
        }
    }
}
