using Guestclock.Testing;

namespace Guestclock.EndToEnd;

/// <summary>Every command of the README does what a reader expects: it runs, and ends with one of the documented codes.</summary>
public sealed class ReadmeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("guestclock-readme-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_command_runs_in_its_order()
    {
        Directory.CreateSymbolicLink(Path.Combine(_folder, "tests"), Repository.At("tests"));
        var commands = Commands().ToList();
        Assert.Contains("./guestclock check", commands);
        Assert.Contains("./test", commands);
        foreach (var command in commands.Where(c => c is not ("./test" or "./publish")))
        {
            var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.True(words[0] is "./guestclock" or "dist/guestclock", command);
            (await Binary.RunAsync(words[1..], _folder)).Ends(0, 1, 2, 3);
        }
    }

    [Fact]
    public async Task The_launcher_builds_and_runs()
    {
        var run = await Binary.RunProgramAsync(Repository.At("guestclock"), ["--version"], limitS: 300);
        Assert.StartsWith("guestclock ", run.Ends(0).Out, StringComparison.Ordinal);
        Assert.True(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length <= 1, run.Error);
    }

    private static IEnumerable<string> Commands()
    {
        var inside = false;
        foreach (var line in File.ReadLines(Repository.At("README.md")))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
                inside = line == "```sh";
            else if (inside && line.Split('#')[0].Trim() is { Length: > 0 } command)
                yield return command;
        }
    }
}
