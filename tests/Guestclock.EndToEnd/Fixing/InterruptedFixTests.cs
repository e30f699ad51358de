using System.Diagnostics;

namespace Guestclock.EndToEnd.Fixing;

/// <summary>Signals that ask a process to end, while it changes files.</summary>
public class InterruptedFixTests
{
    private const int Signals = 8;

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task A_fix_that_is_asked_to_end_is_applied_or_undone_and_leaves_nothing_to_the_next_start(string signal)
    {
        for (var i = 0; i < Signals; i++)
        {
            using var image = new BrokenImage();
            var before = image.Snapshot();
            using var fix = Process.Start(new ProcessStartInfo(Binary.Path, ["fix", "--root", image.Root, .. BrokenImage.Fix]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            Assert.True(SpinWait.SpinUntil(() => image.HasRun() || fix.HasExited, TimeSpan.FromSeconds(30)));
            await Task.Delay(i);
            using (var kill = Process.Start("kill", [$"-{signal}", $"{fix.Id}"]))
                await kill.WaitForExitAsync();
            var said = await fix.StandardOutput.ReadToEndAsync();
            await fix.WaitForExitAsync();
            Assert.False(image.HasUnfinishedRun());
            if (said.Contains("interrupted", StringComparison.Ordinal))
            {
                Assert.Equal(4, fix.ExitCode);
                Assert.Equal(before, image.Snapshot());
            }
            else
            {
                Assert.NotEqual(before, image.Snapshot());
            }
        }
    }
}
