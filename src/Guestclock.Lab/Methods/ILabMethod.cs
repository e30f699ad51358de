using Guestclock.Lab.Guests;
using Guestclock.Lab.Results;
using Guestclock.Lab.Scenarios;

namespace Guestclock.Lab.Methods;

/// <summary>One way to put a guest's clock right. It uses the guest's first agent and its QMP socket, never the referee's.</summary>
public interface ILabMethod
{
    /// <summary>What it is called on the command line and in results.</summary>
    string Name { get; }

    /// <summary>What it does, as a sentence for users.</summary>
    string Description { get; }

    /// <summary>What the guest has inside.</summary>
    GuestTimeService TimeService => GuestTimeService.None;

    /// <summary>It works over minutes: it is watched for as long as the user's patience lasts.</summary>
    bool IsPatient => false;

    /// <summary>Why it makes no sense in a scenario, as a clause; null where it does.</summary>
    string? WhyNotIn(string scenario) => null;

    /// <summary>Before the break.</summary>
    Task PrepareAsync(LabRun run, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Recovers the guest; ends when it has done what it can.</summary>
    /// <param name="brokenAtNs">When the clock was broken, CLOCK_MONOTONIC: what times in the claim count from.</param>
    Task<MethodClaim> RecoverAsync(LabRun run, long brokenAtNs, CancellationToken cancellationToken);
}
