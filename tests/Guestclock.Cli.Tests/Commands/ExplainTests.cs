using Guestclock.Checks;

namespace Guestclock.Cli.Tests.Commands;

public class ExplainTests
{
    [Fact]
    public void Lists_every_check_with_its_title()
    {
        var text = Run.Of("explain").Ends(0).Out;
        Assert.All(Catalogue.All, c => Assert.Contains($"  {c.Id} ", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Shows_the_page() => Assert.StartsWith("# tsc-constant: ", Run.Of("explain", "tsc-constant").Ends(0).Out, StringComparison.Ordinal);

    [Fact]
    public void Guesses_what_was_meant() => Assert.Contains("did you mean tsc-constant?", Run.Of("explain", "tsc-konstant").Ends(64).Error, StringComparison.Ordinal);
}
