using System.Diagnostics;

namespace Guestclock.EndToEnd.Fixing;

/// <summary>The real process, really killed.</summary>
public class KilledFixTests
{
    private const int Kills = 20;
    private const int MostMs = 40;

    [Fact]
    public async Task A_fix_that_is_killed_at_any_moment_leaves_each_file_old_or_new_and_the_next_start_undoes_it()
    {
        SortedDictionary<string, string> applied;
        using (var image = new BrokenImage())
        {
            (await Binary.RunAsync(["fix", "--root", image.Root, .. BrokenImage.Fix])).Ends(0, 1, 2, 3);
            applied = image.Snapshot();
        }

        var (random, midway) = (new Random(), 0);
        for (var i = 0; i < Kills; i++)
        {
            using var image = new BrokenImage();
            var before = image.Snapshot();
            Assert.NotEqual(before, applied);
            await KillAsync(["fix", "--root", image.Root, .. BrokenImage.Fix], i % 2 == 0 ? image.HasRun : () => Directory.Exists(image.At("/var")), (int)(MostMs * Math.Pow(random.NextDouble(), 2)));
            AssertOldOrNew(image.Snapshot(), before, applied);
            midway += image.HasUnfinishedRun() ? 1 : 0;
            if (i % 3 == 0)
                await KillAsync(["rollback", "--root", image.Root], () => true, random.Next(5 * MostMs));
            AssertOldOrNew(image.Snapshot(), before, applied);
            await Binary.RunAsync(["rollback", "--root", image.Root]);
            Assert.Equal(before, image.Snapshot());
        }

        Assert.InRange(midway, 1, Kills);
        TestContext.Current.SendDiagnosticMessage($"{midway} of {Kills} runs were cut short");
    }

    /// <summary>Waits until it has begun, and then a little longer.</summary>
    private static async Task KillAsync(string[] args, Func<bool> hasBegun, int afterMs)
    {
        using var process = Process.Start(new ProcessStartInfo(Binary.Path, args) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        SpinWait.SpinUntil(() => hasBegun() || process.HasExited, TimeSpan.FromSeconds(30));
        await Task.Delay(afterMs);
        process.Kill();
        await process.WaitForExitAsync();
    }

    private static void AssertOldOrNew(SortedDictionary<string, string> now, SortedDictionary<string, string> old, SortedDictionary<string, string> applied)
    {
        foreach (var name in old.Keys.Union(applied.Keys))
        {
            var content = now.GetValueOrDefault(name);
            Assert.True(content == old.GetValueOrDefault(name) || content == applied.GetValueOrDefault(name), $"{name} is neither old nor new");
        }

        Assert.All(now.Keys.Except(old.Keys).Except(applied.Keys), n => Assert.Contains(".guestclock-", n, StringComparison.Ordinal));
    }
}
