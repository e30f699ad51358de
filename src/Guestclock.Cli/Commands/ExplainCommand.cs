using System.CommandLine;
using Guestclock.Checks;
using Guestclock.Formats;
using Guestclock.Fixes;
using Guestclock.Reports;

namespace Guestclock.Cli.Commands;

/// <summary><c>guestclock explain [ID]</c>: the page of a check, or the catalogue.</summary>
internal static class ExplainCommand
{
    public static Command Create(CommandContext context)
    {
        var id = new Argument<string?>("ID")
        {
            Description = "The check or repair; without it all are listed.",
            Arity = ArgumentArity.ZeroOrOne,
            CompletionSources = { _ => Names.Select(n => new System.CommandLine.Completions.CompletionItem(n)) },
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

    private static IEnumerable<string> Names => Catalogue.All.Select(c => c.Id).Concat(FixCatalogue.All.Select(f => f.Name));

    private static void Page(CommandContext context, string id)
    {
        var page = Catalogue.Find(id) is { } check ? CheckPages.Text(check)
            : FixCatalogue.Find(id) is { } fix ? CheckPages.Text(fix)
            : throw new UsageException($"there is no check {id}{Nearest.Hint(id, Names)}; 'guestclock explain' lists them");
        if (context.Terminal.OutputIsTerminal)
            PageReport.Write(page, context.Stdout, context.Terminal.Layout);
        else
            context.Stdout.Write(page);
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

        pen.Line("\n" + pen.Paint("Repairs, by guestclock fix", "1"));
        foreach (var fix in FixCatalogue.All)
            pen.Paragraph(fix.Title, $"  {fix.Name,-25} ");
    }
}
