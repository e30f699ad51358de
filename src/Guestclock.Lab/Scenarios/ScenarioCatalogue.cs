namespace Guestclock.Lab.Scenarios;

/// <summary>All scenarios, in the order of reports.</summary>
public static class ScenarioCatalogue
{
    public static IReadOnlyList<ILabScenario> All { get; } = [];
}
