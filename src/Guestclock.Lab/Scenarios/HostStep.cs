using Guestclock.Lab.Hosts;

namespace Guestclock.Lab.Scenarios;

/// <summary>
/// The host's clock is stepped forward, and the guest's is not. This machine's clock is left alone: the host is <see cref="LabRun.HostClock"/>,
/// the NTP server that the guest asks tells that clock's time, and QEMU (whose RTC follows the host) runs under libfaketime.
/// </summary>
internal sealed class HostStep : ILabScenario
{
    public string Name => "host-step";

    public string Description => "The host's clock is stepped forward, with its RTC and its NTP server.";

    public async Task PrepareAsync(LabRun run, CancellationToken cancellationToken)
    {
        var server = SteppedTimeServer.Start(run.HostClock);
        run.EndsWith(server);
        var faketime = await Faketime.PrepareAsync(run.Folder, run.Progress, cancellationToken);
        await LabBoot.StartSettledAsync(run, LabBoot.Variant(run, server.Port), cancellationToken, faketime.Environment);
        run.HostClock.Stepped += (_, _) => faketime.Shift(run.HostClock.ShiftNs);
    }

    public Task<long> BreakAsync(LabRun run, CancellationToken cancellationToken)
    {
        var atNs = run.HostClock.MonotonicNs;
        run.HostClock.SetShift((long)run.Error.TotalNanoseconds);
        return Task.FromResult(atNs);
    }
}
