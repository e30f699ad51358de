using Guestclock.Discipline;
using Guestclock.Linux.Agents;

namespace Guestclock.Linux.Libvirt;

/// <summary>
/// Runs a call that may block for ever on a thread of its own. Who waits for it may give up; the thread is left behind then and does not
/// keep the process.
/// </summary>
internal static class OwnThread
{
    /// <summary>A daemon that hangs leaves one thread behind with each call that is given up; so many, and it is asked no more until some have ended.</summary>
    private const int MostThreads = 128;

    private static int _threads;

    /// <param name="isNeeded">It must be done however many there are: a handle is given back.</param>
    public static Task<T> Run<T>(Func<T> call, bool isNeeded = false)
    {
        if (Interlocked.Increment(ref _threads) > MostThreads && !isNeeded)
        {
            Interlocked.Decrement(ref _threads);
            return Task.FromException<T>(new AgentException(AgentFailure.Transport, $"libvirt has not answered {MostThreads} calls"));
        }

        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                result.SetResult(call());
            }
            catch (DllNotFoundException e)
            {
                result.SetException(new AgentException(AgentFailure.Transport, "libvirt's library (libvirt.so.0, libvirt-qemu.so.0) is not installed", e));
            }
            catch (EntryPointNotFoundException e)
            {
                result.SetException(new AgentException(AgentFailure.Transport, $"libvirt.so.0 is too old: {e.Message}", e));
            }
            catch (Exception e)
            {
                result.SetException(e);
            }
            finally
            {
                Interlocked.Decrement(ref _threads);
            }
        })
        {
            IsBackground = true,
            Name = "libvirt",
        };
        thread.Start();
        return result.Task;
    }

    /// <summary>Lets a task end unseen.</summary>
    public static void Forget(Task task) =>
        _ = task.ContinueWith(t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
