namespace Guestclock.Cli.Tests.Commands;

public class LabCommandTests
{
    [Theory]
    [InlineData("lab --scenario puase", "--scenario puase: there is no such scenario (did you mean pause?); 'guestclock lab --list' shows them")]
    [InlineData("lab --method sync,chrony", "--method chrony: there is no such method (did you mean chrony-stock?)")]
    [InlineData("lab --runs 0", "--runs 0: give a number from 1 to 1000")]
    [InlineData("lab --runs many", "Cannot parse argument 'many' for option '--runs'")]
    [InlineData("lab --error soon", "--error soon: give a duration with its unit")]
    [InlineData("lab --error 0s", "--error must be at least 1ms")]
    [InlineData("lab --observe 20", "--observe 20: give a duration with its unit")]
    [InlineData("lab --patience 1us", "--patience must be at least 1ms")]
    [InlineData("lab --format svg", "--format svg: must be one of text, json, markdown")]
    [InlineData("lab --output /proc/none", "--output /proc/none: cannot be written")]
    [InlineData("lab --scenario wrong-rtc --method domtime-sync", "domtime-sync makes no sense in wrong-rtc: the RTC that the guest would read is what is wrong")]
    public void Bad_input_is_told_in_one_sentence_before_anything_is_started(string line, string says) =>
        Assert.StartsWith($"guestclock: {says}", Run.Of(line.Split(' ')).Ends(64).Error, StringComparison.Ordinal);

    [Fact]
    public void List_shows_scenarios_and_methods()
    {
        var run = Run.Of("lab", "--list").Ends(0);

        Assert.Contains("  migrate ", run.Out, StringComparison.Ordinal);
        Assert.Contains("  agent-blind ", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Out.Split('\n'), l => l.Length > 80);
    }

    [Theory]
    [InlineData("guestclock lab --scenario ", "host-step")]
    [InlineData("guestclock lab --method ", "domtime-sync")]
    [InlineData("guestclock lab --format ", "markdown")]
    public void Its_values_are_completed(string line, string suggestion) =>
        Assert.Contains(suggestion, Run.Of($"[suggest:{line.Length}]", line).Ends(0).Out.Split('\n', StringSplitOptions.TrimEntries));
}
