using Guestclock.Formats;
using Guestclock.Formats.ClockLogs;
using Guestclock.Testing;

namespace Guestclock.Tests.Formats.ClockLogs;

public class PlainColumnsTests
{
    [Theory]
    [InlineData("1e-6\n-2E-6\n+.5\n")]
    [InlineData("# seconds\r\n1e-6\r\n\r\n-2E-6 # a comment\r\n+.5")]
    [InlineData("\uFEFF% octave\n  1e-6\n\t-2E-6  \n0.5\n")]
    public void One_column_is_values_without_times(string text)
    {
        var series = Assert.Single(ReadLog.Of(text).Series);

        Assert.False(series.HasTimes);
        Assert.Equal([1e-6, -2e-6, 0.5], series.Values);
    }

    [Theory]
    [InlineData("0 1\n10 2\n30 -3\n")]
    [InlineData("0,1\n10,2\n30,-3\n")]
    [InlineData("0; 1\n10; 2\n30;\t-3\n")]
    [InlineData("time,offset\n0.0\t1\n1e1\t2\n30\t-3\n")]
    public void Two_columns_are_time_and_value(string text)
    {
        var series = Assert.Single(ReadLog.Of(text).Series);

        Assert.Equal([0, 10, 30], series.AtS);
        Assert.Equal([1, 2, -3], series.Values);
    }

    [Fact]
    public void Nan_is_a_value_that_is_missing() => Assert.Equal([1, double.NaN, 3], ReadLog.Of("1\nNaN\n3\n").Series[0].Values);

    [Fact]
    public void Bare_numbers_are_phase_unless_it_is_said_and_that_is_remarked()
    {
        var unsaid = ReadLog.Of("1e-9\n2e-9\n");
        var said = ReadLog.Of("1e-9\n2e-9\n", SampleKind.Frequency);

        Assert.Equal(SampleKind.Phase, unsaid.Series[0].Kind);
        Assert.Contains("--type frequency", Assert.Single(unsaid.Remarks), StringComparison.Ordinal);
        Assert.Equal(SampleKind.Frequency, said.Series[0].Kind);
        Assert.Empty(said.Remarks);
    }

    [Fact]
    public void Dates_are_read_where_it_is_said_and_recognised_where_it_is_not()
    {
        const string Text = "61365.5 1e-9\n61365.50001 2e-9\n61365.50002 3e-9\n";

        Assert.Equal(43200.864, ReadLog.Of(Text, SampleKind.Phase, "mjd-columns").Series[0].AtS[1] % 86400, 3);
        Assert.Contains("--input mjd-columns", Assert.Single(ReadLog.Of(Text, SampleKind.Phase).Remarks), StringComparison.Ordinal);
        Assert.Empty(ReadLog.Of("61365.5 1e-9\n61366.5 2e-9\n", SampleKind.Phase).Remarks);
    }

    [Theory]
    [InlineData("1 2 3\n4 5 6\n")]
    [InlineData("1e16\n-1e300\n")]
    [InlineData("inf\n-inf\n")]
    [InlineData("1,5;2,5\n")]
    public void What_is_no_number_or_too_many_of_them_is_refused(string text) => Assert.Throws<MalformedInputException>(() => ReadLog.Of(text));

    [Fact]
    public void Damaged_columns_are_read_or_refused_with_a_sentence() =>
        Fuzz.Text(["1e-6\n-2E-6\n+.5\n", "# c\n0,1\n10,2\n30,-3\n", "nan\n1 2\n;\n"], t => ReadLog.Of(t, SampleKind.Frequency));
}
