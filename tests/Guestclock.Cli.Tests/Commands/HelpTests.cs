namespace Guestclock.Cli.Tests.Commands;

public class HelpTests
{
    public static TheoryData<string> Commands => ["", "check", "explain", "facts", "record", "sync", "watch", "watch status", "lab", "measure", "analyze", "probe", "test", "completion"];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_of_every_command_fits_a_screen_and_shows_examples(string command)
    {
        var run = Run.Of([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]).Ends(0);
        var lines = run.Out.TrimEnd().Split('\n');
        Assert.InRange(lines.Length, 5, command == "watch" ? 40 : 24);
        Assert.DoesNotContain(lines, l => l.Length > 80);
        Assert.Contains("Examples:", lines);
        Assert.Contains(lines, l => l.StartsWith($"Usage: guestclock{(command.Length > 0 ? " " + command : "")}", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_arguments_help_is_shown() => Assert.Contains("check", Run.Of().Ends(0).Out, StringComparison.Ordinal);

    [Fact]
    public void Version_is_one_line() => Assert.Equal($"guestclock {App.Version}\n", Run.Of("--version").Ends(0).Out);

    [Theory]
    [InlineData("chekc")]
    [InlineData("check", "--formta", "json")]
    [InlineData("check", "--format", "xml")]
    [InlineData("check", "--fail-on", "never")]
    [InlineData("check", "extra")]
    [InlineData("record")]
    [InlineData("completion", "tcsh")]
    [InlineData("watch", "--withn", "3ms")]
    [InlineData("watch", "status", "--format", "xml")]
    [InlineData("watch", "stat")]
    public void A_wrong_command_line_is_one_sentence_and_64(params string[] args)
    {
        var run = Run.Of(args).Ends(64);
        Assert.StartsWith("guestclock: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("--help", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }
}
