namespace Guestclock.Lab.Scenarios;

/// <summary>All scenarios, in the order of reports.</summary>
public static class ScenarioCatalogue
{
    public static IReadOnlyList<ILabScenario> All { get; } = [new Pause(), new Snapshot(), new Migrate(), new WrongRtc(), new HostStep()];
}
