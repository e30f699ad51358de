using Guestclock.Testing;

namespace Guestclock.Cli.Tests.Commands;

public class FailOnTests
{
    /// <summary>A recorded guest whose verdict is a warning (step-policy).</summary>
    private static readonly string Warning = Repository.At("tests", "machines", "qemu-tcg-6.1-tsc-chrony");

    [Theory]
    [InlineData("warning", 1, "GUESTCLOCK WARNING - ")]
    [InlineData("critical", 0, "GUESTCLOCK OK - ")]
    public void The_plugin_line_says_what_the_exit_code_says(string failOn, int exitCode, string begins) =>
        Assert.StartsWith(begins, Run.Of("check", "--root", Warning, "--format", "plugin", "--fail-on", failOn).Ends(exitCode).Out, StringComparison.Ordinal);

    [Fact]
    public void Other_formats_keep_the_verdict() =>
        Assert.StartsWith("WARNING ", Run.Of("check", "--root", Warning, "--fail-on", "critical").Ends(0).Out, StringComparison.Ordinal);
}
