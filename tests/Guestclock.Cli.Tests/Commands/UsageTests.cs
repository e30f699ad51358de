namespace Guestclock.Cli.Tests.Commands;

public class UsageTests
{
    [Theory]
    [InlineData("chekc", "there is no command chekc (did you mean check?)")]
    [InlineData("check --verbos", "there is no option --verbos (did you mean --verbose?)")]
    [InlineData("check --only", "--only needs a value")]
    [InlineData("check --format xml", "--format xml: must be one of text, json, markdown, plugin")]
    [InlineData("completion tcsh", "'tcsh' is not one of bash, zsh, fish")]
    [InlineData("record", "record needs OUT")]
    [InlineData("explain tsc", "there is no check tsc (did you mean tsc-constant?)")]
    [InlineData("explain a b", "'b' is one word too many")]
    public void Is_told_in_one_sentence(string line, string says) =>
        Assert.StartsWith($"guestclock: {says}", Run.Of(line.Split(' ')).Ends(64).Error, StringComparison.Ordinal);
}
