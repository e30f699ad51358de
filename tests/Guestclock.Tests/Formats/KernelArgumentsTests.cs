using Guestclock.Formats;
using Guestclock.Testing;

namespace Guestclock.Tests.Formats;

public class KernelArgumentsTests
{
    [Theory]
    [InlineData("ro quiet clocksource=tsc", "clocksource", "tsc")]
    [InlineData("clocksource=hpet clocksource=tsc", "clocksource", "tsc")]
    [InlineData("no_kvmclock", "no-kvmclock", null)]
    [InlineData("a=\"b c\" d=e", "a", "b c")]
    [InlineData("a=\"b c\" d=e", "d", "e")]
    [InlineData("\"a=b c\"", "a", "b c")]
    [InlineData("lpj=5192240\n", "lpj", "5192240")]
    [InlineData("x=y=z", "x", "y=z")]
    public void Finds(string line, string name, string? value)
    {
        var arguments = KernelArguments.Parse(line);
        Assert.True(arguments.Has(name));
        Assert.Equal(value, arguments.Value(name));
    }

    [Fact]
    public void What_follows_two_dashes_belongs_to_init() =>
        Assert.Equal(["ro", "quiet"], KernelArguments.Parse("ro quiet -- notsc --x").All.Select(a => a.Text));

    [Fact]
    public void Never_fails_and_gives_arguments_as_they_are_written() =>
        Fuzz.Text(["root=UUID=1 ro \"a b\" dyndbg=\"file x +p\" quiet"], text =>
            Assert.All(KernelArguments.Parse(text).All, a => Assert.Contains(a.Text, text, StringComparison.Ordinal)));
}
