using System.Diagnostics;

namespace Guestclock.EndToEnd;

/// <summary>probe on this machine's own KVM, where there is one that this user may use.</summary>
public sealed class ProbeBinaryTests
{
    private const string Device = "/dev/kvm";

    [Fact]
    public async Task Ended_by_the_user_it_tells_what_it_has_learnt()
    {
        Assert.SkipUnless(File.Exists(Device), $"needs {Device}");
        using var probe = Process.Start(new ProcessStartInfo(Binary.Path, ["probe"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        try
        {
            var output = probe.StandardOutput.ReadToEndAsync();
            while (!probe.HasExited && !Holds(probe.Id, Device))
                await Task.Delay(5, TestContext.Current.CancellationToken);
            Assert.SkipWhen(probe.HasExited, $"needs a {Device} that this user may use");
            using var kill = Process.Start("kill", ["-INT", $"{probe.Id}"]);
            await probe.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            var text = await output;
            Assert.InRange(probe.ExitCode, 0, 3);
            Assert.Contains("pass kvm-usable: ", text, StringComparison.Ordinal);
            Assert.Contains("It was interrupted: what had not been tested by then is not known.\n", text, StringComparison.Ordinal);
        }
        finally
        {
            if (!probe.HasExited)
                probe.Kill();
        }
    }

    /// <summary>Whether a process has a file open.</summary>
    private static bool Holds(int process, string file)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries($"/proc/{process}/fd").Any(fd => File.ResolveLinkTarget(fd, returnFinalTarget: false)?.FullName == file);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
