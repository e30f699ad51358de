using System.CommandLine;
using Guestclock.Checks;
using Guestclock.Reports;

namespace Guestclock.Cli.Commands;

/// <summary><c>guestclock explain [ID]</c>: the page of a check, or the catalogue.</summary>
internal static class ExplainCommand
{
    public static Command Create(CommandContext context)
    {
        var id = new Argument<string?>("ID")
        {
            Description = "The check; without it all checks are listed.",
            Arity = ArgumentArity.ZeroOrOne,
            CompletionSources = { _ => Catalogue.All.Select(c => new System.CommandLine.Completions.CompletionItem(c.Id, documentation: c.Title)) },
        };
        var command = new Command("explain", "Tells what a check looks at, why it matters, what breaks, and how to fix it by hand.") { id };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(id) is { } wanted)
                Page(context, wanted);
            else
                List(context);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static void Page(CommandContext context, string id)
    {
        var check = Catalogue.Find(id)
            ?? throw new UsageException($"there is no check {id}{Nearest.Hint(id, Catalogue.All.Select(c => c.Id))}; 'guestclock explain' lists them");
        if (context.Terminal.OutputIsTerminal)
            PageReport.Write(CheckPages.Text(check), context.Stdout, context.Terminal.Layout);
        else
            context.Stdout.Write(CheckPages.Text(check));
    }

    private static void List(CommandContext context)
    {
        var pen = new TextPen(context.Stdout, context.Terminal.Layout);
        CheckGroup? group = null;
        foreach (var check in Catalogue.All)
        {
            if (check.Group != group)
                pen.Line((group is null ? "" : "\n") + pen.Paint(CheckPages.GroupTitle(check.Group), "1"));
            group = check.Group;
            pen.Paragraph(check.Title, $"  {check.Id,-25} ");
        }
    }
}
