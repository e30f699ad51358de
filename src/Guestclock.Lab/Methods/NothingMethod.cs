using Guestclock.Lab.Results;
using Guestclock.Lab.Scenarios;

namespace Guestclock.Lab.Methods;

/// <summary>What happens when nobody does anything.</summary>
public sealed class NothingMethod : ILabMethod
{
    public string Name => "nothing";

    public string Description => "Nobody does anything.";

    public Task<MethodClaim> RecoverAsync(LabRun run, long brokenAtNs, CancellationToken cancellationToken) => Task.FromResult(MethodClaim.Nothing);
}
