using Guestclock.Testing;

namespace Guestclock.Cli.Tests;

/// <summary>The output that the README shows is what the command above it prints.</summary>
public class ReadmeSampleTests
{
    [Fact]
    public void The_sample_is_what_the_program_prints()
    {
        var parts = File.ReadAllText(Repository.At("README.md")).Split("```text\n");
        Assert.Equal(2, parts.Length);
        var command = parts[0].TrimEnd().Split('\n').Last(l => l.StartsWith("./guestclock ", StringComparison.Ordinal)).Split('#')[0];
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..];
        var root = Array.IndexOf(words, "--root");
        words[root + 1] = Repository.At(words[root + 1].Split('/'));
        Assert.Equal(parts[1].Split("```")[0], Run.Of(words).Out);
    }
}
