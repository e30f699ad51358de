using Guestclock.Discipline;

namespace Guestclock.Tests.Discipline;

public class StepPolicyTests
{
    private static readonly RecoveryPolicy Default = RecoveryPolicy.Default;
    private static readonly RecoveryPolicy Tight = Default with { ThresholdNs = 1_000_000 };
    private static readonly RecoveryPolicy Lax = Default with { ThresholdNs = 100_000_000 };
    private static readonly RecoveryPolicy Forward = Default with { ForwardOnly = true };
    private static readonly RecoveryPolicy AnyBack = Default with { BackwardLimitNs = 0 };

    /// <summary>Offset and bound in milliseconds, policy, choice.</summary>
    public static TheoryData<string, double, double, RecoveryPolicy, StepChoice> Table => new()
    {
        { "right", -3, 0.5, Default, StepChoice.InTime },
        { "right by a hair", -9.5, 0.5, Default, StepChoice.InTime },
        { "perhaps right: the sum counts", -9.8, 0.5, Default, StepChoice.Set },
        { "behind", -20_000, 0.5, Default, StepChoice.Set },
        { "behind by years", -1e11, 0.5, Default, StepChoice.Set },
        { "within the limit, above the threshold", -3, 0.5, Tight, StepChoice.Set },
        { "ahead, within the limit, above the threshold: right enough", 3, 0.5, Tight, StepChoice.InTime },
        { "left to the time service", -50, 0.5, Lax, StepChoice.Leave },
        { "too much for the time service", -150, 0.5, Lax, StepChoice.Set },
        { "ahead by little", 300, 0.5, Default, StepChoice.Leave },
        { "ahead by much", 3000, 0.5, Default, StepChoice.Set },
        { "ahead by little, any step back allowed", 300, 0.5, AnyBack, StepChoice.Set },
        { "ahead by much, only forward", 3000, 0.5, Forward, StepChoice.Leave },
        { "behind, only forward", -3000, 0.5, Forward, StepChoice.Set },
        { "the sign is not known", -20, 30, Default, StepChoice.Leave },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void The_policy_decides(string row, double offsetMs, double boundMs, RecoveryPolicy policy, StepChoice choice)
    {
        var decision = StepPolicy.Decide(new((long)(offsetMs * 1e6), (long)(boundMs * 1e6)), policy);
        Assert.True(choice == decision.Choice, row);
        Assert.Equal(choice == StepChoice.Leave, decision.Reason.Length > 0);
    }

    [Fact]
    public void Forward_only_never_steps_back_and_a_right_clock_is_never_set()
    {
        var random = new Random(2);
        for (var i = 0; i < 20_000; i++)
        {
            var offset = new ClockOffset((long)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(4, 18))), random.NextInt64(50_000_000));
            Assert.False(offset.OffsetNs > 0 && StepPolicy.Decide(offset, Forward).Choice == StepChoice.Set);
            Assert.False(offset.WorstNs <= Default.WithinNs && StepPolicy.Decide(offset, Default).Choice != StepChoice.InTime);
            Assert.False(offset.WorstNs > Default.WithinNs && StepPolicy.Decide(offset, Lax).Choice == StepChoice.InTime);
        }
    }
}
