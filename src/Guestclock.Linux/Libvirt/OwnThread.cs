using Guestclock.Discipline;
using Guestclock.Linux.Agents;

namespace Guestclock.Linux.Libvirt;

/// <summary>
/// Runs a call that may block for ever on a thread of its own. Who waits for it may give up; the thread is left behind then and does not
/// keep the process.
/// </summary>
internal static class OwnThread
{
    public static Task<T> Run<T>(Func<T> call)
    {
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
