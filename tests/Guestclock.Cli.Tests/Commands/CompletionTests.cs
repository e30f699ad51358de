namespace Guestclock.Cli.Tests.Commands;

public class CompletionTests
{
    [Theory]
    [InlineData("guestclock ", "check")]
    [InlineData("guestclock check --fo", "--format")]
    [InlineData("guestclock check --format ", "plugin")]
    [InlineData("guestclock check --only ", "step-policy")]
    [InlineData("guestclock check --assume ", "role=")]
    [InlineData("guestclock explain ", "step-policy")]
    [InlineData("guestclock watch ", "status")]
    [InlineData("guestclock watch --fo", "--forward-only")]
    [InlineData("guestclock watch --host-unsynchronized ", "refuse")]
    [InlineData("guestclock watch st", "status")]
    [InlineData("guestclock watch status --so", "--socket")]
    [InlineData("guestclock watch status --", "--format")]
    [InlineData("guestclock watch status --format ", "json")]
    [InlineData("guestclock sync --d", "--dry-run")]
    [InlineData("guestclock sync --format ", "json")]
    [InlineData("guestclock probe --d", "--device")]
    public void Suggests(string line, string suggestion) =>
        Assert.Contains(suggestion, Run.Of($"[suggest:{line.Length}]", line).Ends(0).Out.Split('\n', StringSplitOptions.TrimEntries));

    [Fact]
    public void Suggests_no_help_in_the_style_of_other_systems() =>
        Assert.DoesNotContain("/h", Run.Of("[suggest:11]", "guestclock ").Ends(0).Out.Split('\n', StringSplitOptions.TrimEntries));

    [Theory]
    [InlineData("bash", "complete -o default -F _guestclock guestclock")]
    [InlineData("zsh", "#compdef guestclock")]
    [InlineData("fish", "complete -c guestclock")]
    public void Prints_the_script_of_a_shell(string shell, string says) => Assert.Contains(says, Run.Of("completion", shell).Ends(0).Out, StringComparison.Ordinal);
}
