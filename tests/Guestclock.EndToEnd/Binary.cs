using System.Diagnostics;
using Guestclock.Testing;

namespace Guestclock.EndToEnd;

/// <summary>The published single file, as a user runs it.</summary>
internal static class Binary
{
    public static string Path { get; } = Repository.At("dist", "guestclock");

    /// <summary>Runs it and waits at most <paramref name="limitS"/> seconds.</summary>
    public static Task<Outcome> RunAsync(string[] args, string? workingFolder = null, int limitS = 60) => RunProgramAsync(Path, args, workingFolder, limitS);

    public static async Task<Outcome> RunProgramAsync(string program, string[] args, string? workingFolder = null, int limitS = 60, bool bareEnvironment = false)
    {
        if (!File.Exists(program))
            throw new InvalidOperationException($"{program} is missing: run ./publish first");
        var start = new ProcessStartInfo(program, args)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = workingFolder ?? Repository.Root,
        };
        if (bareEnvironment)
            start.Environment.Clear();
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(limitS));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', args)} did not end within {limitS} s", e);
        }

        return new(process.ExitCode, await output, await error);
    }
}

/// <summary>How a program ended.</summary>
internal sealed record Outcome(int ExitCode, string Out, string Error)
{
    public Outcome Ends(params int[] exitCodes)
    {
        Assert.True(exitCodes.Contains(ExitCode), $"exit code {ExitCode}\n{Out}\n{Error}");
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        return this;
    }
}
