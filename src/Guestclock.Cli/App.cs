using System.CommandLine;
using Guestclock.Cli.Commands;
using Guestclock.Formats;
using Guestclock.Linux.Fixing;
using Guestclock.Linux.Machines;
using Guestclock.Linux.Serving;
using Guestclock.Reports;

namespace Guestclock.Cli;

/// <summary>The program as a function of its arguments.</summary>
public static class App
{
    public const string Version = "0.1.0";

    /// <summary>After a signal: a guest that is just being set answers within two seconds.</summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);

    /// <returns>The exit code, one of <see cref="ExitCodes"/>.</returns>
    public static int Run(string[] args, TextWriter stdout, TextWriter stderr, Terminal terminal) => Run(args, new CommandContext(stdout, stderr, terminal)
    {
        Ask = terminal is { ErrorIsTerminal: true, InputIsTerminal: true } ? question => Question.IsYes(question, stderr, Console.In) : null,
    });

    internal static int Run(string[] args, CommandContext context)
    {
        var (stdout, stderr) = (context.Stdout, context.Stderr);
        try
        {
            var parsed = Root(context).Parse(args);
            if (parsed.Errors.Count > 0)
            {
                stderr.WriteLine($"guestclock: {Words.Plain(UsageText.Of(parsed))}");
                stderr.WriteLine($"Try '{HelpAction.NameOf(parsed.CommandResult.Command)} --help'.");
                return ExitCodes.Usage;
            }

            var how = new InvocationConfiguration { Output = stdout, Error = stderr, EnableDefaultExceptionHandler = false };
            // The daemon takes signals itself, and so does a measurement; the library would stand before it, wait, and end the process.
            how.ProcessTerminationTimeout = parsed.CommandResult.Command.Name switch
            {
                WatchCommand.Name or MeasureCommand.Name => null,
                LabCommand.Name => LabCommand.EndLimit,
                _ => EndLimit,
            };
            var exitCode = parsed.InvokeAsync(how).GetAwaiter().GetResult();
            stdout.Flush();
            return exitCode;
        }
        catch (Exception e) when (e is UsageException or MalformedInputException or MachineOpenException or ServingException)
        {
            stderr.WriteLine($"guestclock: {Words.Plain(e.Message)}");
            return ExitCodes.Usage;
        }
        catch (FixEngineException e)
        {
            stderr.WriteLine($"guestclock: {Words.Plain(e.Message)}");
            return ExitCodes.Incomplete;
        }
        catch (IOException e)
        {
            stderr.WriteLine($"guestclock: cannot write the output: {e.Message}");
            return ExitCodes.Internal;
        }
        catch (OutOfMemoryException)
        {
            stderr.WriteLine("guestclock: there is not enough memory");
            return ExitCodes.Internal;
        }
        catch (Exception e)
        {
            stderr.WriteLine($"guestclock: internal error: {e.GetType().Name}: {e.Message}");
            stderr.WriteLine("This is a fault of guestclock itself; please report it together with 'guestclock record OUT'.");
            return ExitCodes.Internal;
        }
    }

    internal static RootCommand Root(CommandContext context)
    {
        var root = new RootCommand("Keeps time right in KVM virtual machines and on their hosts.")
        {
            CheckCommand.Create(context),
            ExplainCommand.Create(context),
            FixCommand.Create(context),
            RollbackCommand.Create(context),
            FactsCommand.Create(context),
            RecordCommand.Create(context),
            SyncCommand.Create(context),
            WatchCommand.Create(context),
            LabCommand.Create(context),
            MeasureCommand.Create(context),
            ProbeCommand.Create(context),
            TestCommand.Create(context),
            AnalyzeCommand.Create(context),
            CompletionCommand.Create(context),
        };
        root.SetAction(_ => HelpAction.Write(root, context.Stdout));
        HelpAction.Install(root);
        VersionAction.Install(root, context);
        return root;
    }
}
