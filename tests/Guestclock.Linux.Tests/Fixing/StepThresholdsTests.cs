using Guestclock.Linux.Tests.Trees;

namespace Guestclock.Linux.Tests.Fixing;

/// <summary>step-policy of every distribution, repaired on its disk.</summary>
public class StepThresholdsTests
{
    private static readonly string[] Guest = ["role=kvm-guest"];

    public static TheoryData<string> Chrony => [.. Family.WithChrony];

    [Theory]
    [MemberData(nameof(Chrony))]
    public void Stock_chrony_steps_at_any_time(string name) =>
        FixedTree.Repairs(Family.Disk(name), $"step-thresholds {name}", Guest, "step-policy");
}
