using System.ComponentModel;
using System.Diagnostics;

namespace Guestclock.Lab.Hosts;

/// <summary>Runs a program of this machine to its end, within a time limit.</summary>
internal static class HostCommand
{
    /// <summary>Runs a program that must succeed.</summary>
    /// <param name="purpose">What it is for, as the start of a sentence that tells of its failure.</param>
    /// <returns>What it wrote to standard output.</returns>
    /// <exception cref="LabException">It is not there, failed, or took too long.</exception>
    public static async Task<string> RunAsync(
        string purpose, string program, IEnumerable<string> arguments, TimeSpan limit, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "C";
        using var process = Start(purpose, start);
        process.StandardInput.Close();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        try
        {
            var stdout = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var stderr = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            if (process.ExitCode == 0)
                return await stdout;
            throw new LabException($"{purpose} failed: {program} ended with {process.ExitCode}: {LastLine(await stderr)}");
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LabException($"{purpose} failed: {program} was not done after {limit.TotalSeconds:0} s", e);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    /// <exception cref="LabException">It is not there.</exception>
    private static Process Start(string purpose, ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new LabException($"{purpose} failed: {start.FileName} cannot be run ({e.Message})", e);
        }
    }

    private static string LastLine(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault("no message");
}
