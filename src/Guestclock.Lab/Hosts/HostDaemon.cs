using System.Diagnostics;

namespace Guestclock.Lab.Hosts;

/// <summary>
/// A program of this machine that runs until it is disposed of. It hangs on a leash (the script <c>leash</c>): when this process dies
/// without disposing, it dies too.
/// </summary>
internal sealed class HostDaemon : IAsyncDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);
    private readonly Process _leash;
    private bool _disposed;

    private HostDaemon(Process leash)
    {
        _leash = leash;
        Ended = WaitAsync();
        Complaints = leash.StandardError.ReadToEndAsync();
    }

    /// <summary>Its exit code, when it has ended.</summary>
    public Task<int> Ended { get; }

    /// <summary>All that it wrote to standard error, when it has ended.</summary>
    public Task<string> Complaints { get; }

    /// <param name="command">The program and its arguments.</param>
    public static HostDaemon Start(IEnumerable<string> command)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", LabScript.Leash, "leash", .. command])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        return new HostDaemon(Process.Start(start)!);
    }

    /// <summary>Ends it and waits until it has ended.</summary>
    public async Task StopAsync()
    {
        _leash.StandardInput.Close();
        await Ended.WaitAsync(StopLimit);
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        await StopAsync();
        _leash.Dispose();
    }

    private async Task<int> WaitAsync()
    {
        await _leash.WaitForExitAsync();
        return _leash.ExitCode;
    }
}
