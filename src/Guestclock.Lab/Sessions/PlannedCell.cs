using Guestclock.Lab.Guests;
using Guestclock.Lab.Methods;
using Guestclock.Lab.Scenarios;

namespace Guestclock.Lab.Sessions;

/// <summary>One method in one scenario.</summary>
public sealed record PlannedCell(ILabScenario Scenario, ILabMethod Method)
{
    private static readonly TimeSpan Boot = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Synchronization = TimeSpan.FromSeconds(15);

    public override string ToString() => $"{Scenario.Name} × {Method.Name}";

    /// <summary>The longest that one run of it is watched.</summary>
    public TimeSpan Limit(LabOptions options) => Method.IsPatient ? options.Patience : options.Observe;

    /// <summary>A guess at how long one run takes at most: good enough to say how much time is left before any run has ended.</summary>
    public TimeSpan Estimate(LabOptions options) =>
        Boot + (Method.TimeService == GuestTimeService.None ? TimeSpan.Zero : Synchronization) + options.Error + Limit(options);
}
