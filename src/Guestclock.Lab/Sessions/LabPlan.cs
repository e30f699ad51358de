using Guestclock.Lab.Methods;
using Guestclock.Lab.Results;
using Guestclock.Lab.Scenarios;

namespace Guestclock.Lab.Sessions;

/// <summary>Which methods are let loose in which scenarios, and which are not, and why.</summary>
public sealed record LabPlan(IReadOnlyList<PlannedCell> Cells, IReadOnlyList<LeftOut> LeftOut)
{
    public static LabPlan Of(IReadOnlyList<ILabScenario> scenarios, IReadOnlyList<ILabMethod> methods)
    {
        var all = scenarios.SelectMany(_ => methods, (scenario, method) => new PlannedCell(scenario, method)).ToList();
        return new(
            [.. all.Where(c => c.Method.WhyNotIn(c.Scenario.Name) is null)],
            [.. all.Select(c => new LeftOut(c.Scenario.Name, c.Method.Name, c.Method.WhyNotIn(c.Scenario.Name) ?? "")).Where(l => l.Reason.Length > 0)]);
    }
}
