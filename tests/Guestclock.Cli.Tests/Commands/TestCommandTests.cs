using System.Text.Json;
using Guestclock.Testing;
using Guestclock.Trials.Clocks;

namespace Guestclock.Cli.Tests.Commands;

public class TestCommandTests
{
    [Theory]
    [InlineData("test --duration soon", "--duration soon: give a duration with its unit")]
    [InlineData("test --duration 10", "--duration 10: give a duration with its unit")]
    [InlineData("test --duration 0s", "--duration 0 ns: give a duration from 100ms to 1h")]
    [InlineData("test --duration 2h", "--duration 2.00 h: give a duration from 100ms to 1h")]
    [InlineData("test --only stals", "--only stals: there is no such property (did you mean stalls?); they are clocks-monotonic, ")]
    [InlineData("test --only ,", "--only needs the id of a property: clocks-monotonic, ")]
    [InlineData("test --format xml", "--format xml: must be one of text, json")]
    [InlineData("test --policy /proc/none", "/proc/none")]
    [InlineData("test extra", "'extra' is one word too many")]
    public void A_wrong_word_is_one_sentence(string line, string says) => Assert.Contains(says, Run.Of(line.Split(' ')).Ends(64).Error, StringComparison.Ordinal);

    [Fact]
    public void The_clocks_of_this_machine_are_told_as_JSON_that_holds_to_its_schema()
    {
        var run = Run.Of("test", "--duration", "400ms", "--format", "json");
        Assert.InRange(run.ExitCode, 0, 3);
        Assert.Empty(run.Error);
        using var schema = JsonDocument.Parse(File.ReadAllText(Repository.At("docs", "test.schema.json")));
        using var json = JsonDocument.Parse(run.Out);
        Assert.Empty(JsonSchema.Problems(schema.RootElement, json.RootElement));
        Assert.Equal(ClockTrials.All.Select(t => t.Id), json.RootElement.GetProperty("trials").EnumerateArray().Select(t => t.GetProperty("id").GetString()));
        Assert.Equal("pass", json.RootElement.GetProperty("trials")[0].GetProperty("status").GetString());
        Assert.Equal(run.ExitCode, json.RootElement.GetProperty("verdict").GetProperty("status").GetString() switch { "ok" => 0, "warning" => 1, "critical" => 2, _ => 3 });
    }

    [Fact]
    public void One_property_alone_is_told_in_a_sentence()
    {
        var run = Run.Of("test", "--only", "clocks-monotonic", "--duration", "100ms").Ends(0);
        Assert.StartsWith("OK  the chosen properties of this machine's clocks hold", run.Out, StringComparison.Ordinal);
        Assert.Contains("pass clocks-monotonic: ", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("timer-lateness", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Out.Split('\n'), l => l.Length > 80);
    }

    [Fact]
    public void The_policy_decides()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "thresholds:\n  read-cost-warning: 0.5ns\n");
            var run = Run.Of("test", "--only", "read-cost", "--duration", "100ms", "--policy", file).Ends(1);
            Assert.Contains("WARNING read-cost", run.Out, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("guestclock test --", "--duration")]
    [InlineData("guestclock test --format ", "json")]
    [InlineData("guestclock test --only ", "timer-lateness")]
    [InlineData("guestclock te", "test")]
    public void Suggests(string line, string suggestion) =>
        Assert.Contains(suggestion, Run.Of($"[suggest:{line.Length}]", line).Ends(0).Out.Split('\n', StringSplitOptions.TrimEntries));
}
