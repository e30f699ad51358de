using Guestclock.Reports.Measure;

namespace Guestclock.Tests.Reports.Measure;

public class BraillePlotTests
{
    [Fact]
    public void A_line_from_the_lower_left_to_the_upper_right() => Assert.Equal(["⠀⢀⠊", "⡠⠁⠀"],
        BraillePlot.Lines([0, 1, 3, 4, 6, 7], 0, 7, 3, 2));

    [Fact]
    public void What_does_not_fit_is_left_out_on_the_left_and_null_is_a_gap() => Assert.Equal(["⢀⠁"], BraillePlot.Lines([5, null, 0, 1, null], 0, 1, 2, 1));

    [Fact]
    public void Equal_values_stand_in_the_middle() => Assert.Equal(["⠒"], BraillePlot.Lines([5, 5], 5, 5, 1, 1));

    [Fact]
    public void Nothing_is_blank() => Assert.Equal(["⠀⠀"], BraillePlot.Lines([], 0, 0, 2, 1));
}
