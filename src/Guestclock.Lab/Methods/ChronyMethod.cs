using Guestclock.Lab.Guests;
using Guestclock.Lab.Results;
using Guestclock.Lab.Scenarios;

namespace Guestclock.Lab.Methods;

/// <summary>A chrony in the guest, left to itself.</summary>
public sealed class ChronyMethod(string name, string description, GuestTimeService timeService) : ILabMethod
{
    public static ChronyMethod Stock { get; } = new(
        "chrony-stock", "chrony in the guest as distributions ship it (makestep 1 3).", GuestTimeService.ChronyStock);

    public static ChronyMethod MakeStep { get; } = new(
        "chrony-makestep", "chrony in the guest with makestep 1 -1 and a poll of seconds.", GuestTimeService.ChronyMakestep);

    public string Name => name;

    public string Description => description;

    public GuestTimeService TimeService => timeService;

    public bool IsPatient => true;

    public Task<MethodClaim> RecoverAsync(LabRun run, long brokenAtNs, CancellationToken cancellationToken) => Task.FromResult(MethodClaim.Nothing);
}
