using Guestclock.Discipline;
using Guestclock.Linux.Agents;
using Guestclock.Linux.Libvirt;

namespace Guestclock.Linux.Tests.Libvirt;

[Collection("threads of libvirt")]
public class OwnThreadTests
{
    [Fact]
    public async Task A_daemon_that_hangs_leaves_only_so_many_threads_behind()
    {
        using var hangs = new ManualResetEventSlim();
        var calls = Enumerable.Range(0, 200).Select(_ => OwnThread.Run(() =>
        {
            hangs.Wait();
            return true;
        })).ToList();
        var refused = calls.Where(c => c.IsFaulted).ToList();
        Assert.InRange(refused.Count, 72, 199);
        Assert.Equal(AgentFailure.Transport, Assert.IsType<AgentException>(refused[0].Exception!.InnerException).Failure);
        hangs.Set();
        foreach (var call in calls.Except(refused))
            await call;
        Assert.True(await OwnThread.Run(() => true, isNeeded: true));
    }
}
