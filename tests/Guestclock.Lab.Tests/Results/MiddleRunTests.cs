using Guestclock.Lab.Results;

namespace Guestclock.Lab.Tests.Results;

public class MiddleRunTests
{
    public static TheoryData<long?[], long?> Times => new()
    {
        { [], null },
        { [5], 5 },
        { [9, 1, 5], 5 },
        { [1, 9], 9 },
        { [1, null], null },
        { [1, null, 2], 2 },
        { [null, null, 2], null },
        { [-5, 1, 3], 3 },
        { [-5, 5, 1, 2], -5 },
    };

    /// <summary>By size without sign; of an even number the worse; never is the worst.</summary>
    [Theory]
    [MemberData(nameof(Times))]
    public void The_middle_run_stands_for_all(long?[] runs, long? middle)
    {
        var seen = MiddleRun.OrNever(runs);

        Assert.Equal(middle is { } m ? Math.Abs(m) : null, seen is { } s ? Math.Abs(s) : (long?)null);
    }

    [Fact]
    public void Runs_that_said_nothing_are_left_out_where_that_is_not_a_failure() => Assert.Equal(7, MiddleRun.OfThoseThatSaid([null, 7, null]));

    [Fact]
    public void Errors_to_both_sides_do_not_cancel_each_other() => Assert.Equal(3, Math.Abs(MiddleRun.OfThoseThatSaid([-3, 3])!.Value));
}
