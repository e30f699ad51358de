using Guestclock.Cli.Commands;

namespace Guestclock.Cli.Tests;

/// <summary>One run of the program inside the test.</summary>
internal sealed record Run(int ExitCode, string Out, string Error)
{
    public static Run Of(params string[] args) => At(80, args);

    public static Run At(int width, params string[] args) => In(c => c with { Terminal = c.Terminal with { Width = width } }, args);

    /// <summary>In other surroundings.</summary>
    public static Run In(Func<CommandContext, CommandContext> surround, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = App.Run(args, surround(new(output, error, new(80, false, false, new FixedTime()))));
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>Fails with everything that the program said unless it ended with this code.</summary>
    public Run Ends(int exitCode)
    {
        Assert.True(exitCode == ExitCode, $"exit code {ExitCode} instead of {exitCode}\n{Out}\n{Error}");
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        return this;
    }

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    }
}
