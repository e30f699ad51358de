using System.CommandLine;
using System.CommandLine.Invocation;

namespace Guestclock.Cli.Commands;

/// <summary><c>--version</c>: the name and the version on one line.</summary>
internal sealed class VersionAction(CommandContext context) : SynchronousCommandLineAction
{
    public static void Install(RootCommand root, CommandContext context)
    {
        foreach (var option in root.Options.OfType<VersionOption>())
        {
            option.Action = new VersionAction(context);
            option.Description = "Show the version.";
        }
    }

    public override int Invoke(ParseResult parseResult)
    {
        context.Stdout.WriteLine($"guestclock {App.Version}");
        return ExitCodes.Ok;
    }
}
