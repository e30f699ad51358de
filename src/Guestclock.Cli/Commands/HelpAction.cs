using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Guestclock.Cli.Commands;

/// <summary>Help that fits a terminal of 80 columns and 24 lines and ends with examples.</summary>
internal sealed class HelpAction : SynchronousCommandLineAction
{
    private const int Width = 80;
    private const int LeastColumn = 24;
    private const int MostColumn = 32;

    /// <summary>The examples of each command, by its name; the root's name is empty.</summary>
    private static readonly Dictionary<string, string[]> Examples = new(StringComparer.Ordinal)
    {
        [""] = ["guestclock check"],
        ["check"] = ["guestclock check", "guestclock check --format plugin --skip rtc-synced", "guestclock check --root /mnt/image --assume role=kvm-guest"],
        ["explain"] = ["guestclock explain", "guestclock explain step-policy"],
        ["fix"] = ["guestclock fix --dry-run", "guestclock fix --yes --skip boot-parameters", "guestclock fix --root /mnt/image --assume role=kvm-guest"],
        ["rollback"] = ["guestclock rollback --list", "guestclock rollback", "guestclock rollback 20261121-133205 --dry-run"],
        ["facts"] = ["guestclock facts", "guestclock facts --root machine.tar.gz"],
        ["record"] = ["guestclock record machine.tar.gz", "guestclock check --root machine.tar.gz"],
        ["sync"] = ["guestclock sync --domain web1", "guestclock sync --all --format json", "guestclock sync --agent /run/vms/web1/agent --within 1ms"],
        ["watch"] = ["guestclock watch --listen 127.0.0.1:9877", "guestclock watch --config /etc/guestclock/watch.yaml --check-config", "guestclock watch --once"],
        ["watch status"] = ["guestclock watch status", "guestclock watch status --format json"],
        ["lab"] = ["guestclock lab", "guestclock lab --scenario pause,migrate --method sync --runs 5", "guestclock lab --method chrony-stock --patience 15m --format markdown"],
        ["measure"] = ["guestclock measure --reference phc", "guestclock measure --reference ntp:192.0.2.1 --duration 10m --log ntp.csv", "guestclock measure --reference guest:web1 --count 5 --format json"],
        ["analyze"] = ["guestclock analyze /var/log/chrony/measurements.log --plot stability.svg", "guestclock analyze phase.txt --rate 10 --statistic oadev,mtie --taus decade"],
        ["probe"] = ["guestclock probe", "guestclock probe --format json > host1.probe.json", "guestclock probe --verbose"],
        ["test"] = ["guestclock test", "guestclock test --duration 1m --format json", "guestclock test --only timer-lateness,stalls --verbose"],
        ["completion"] = ["guestclock completion bash > /etc/bash_completion.d/guestclock", "guestclock completion fish | source"],
    };

    /// <summary>Help is shown even where an argument is missing.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult) => Write(parseResult.CommandResult.Command, parseResult.InvocationConfiguration.Output);

    /// <summary>Puts this help in the place of the library's, on every command.</summary>
    public static void Install(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            option.Action = new HelpAction();
            option.Description = "Show this help.";
            // They would be suggested in the place of paths.
            option.Aliases.Remove("/h");
            option.Aliases.Remove("/?");
        }
    }

    public static string NameOf(Command command) => PathOf(command) is { Length: > 0 } path ? $"guestclock {path}" : "guestclock";

    /// <summary>The names from below the root to the command: <c>watch status</c>.</summary>
    private static string PathOf(Command command) => command is RootCommand ? ""
        : command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}".TrimStart() : command.Name;

    public static int Write(Command command, TextWriter output)
    {
        Wrapped(output, "", "", command.Description ?? "");
        var column = Column(command);
        output.WriteLine();
        output.WriteLine($"Usage: {NameOf(command)}{Usage(command)}");
        if (command.Subcommands.Count > 0)
        {
            output.WriteLine();
            foreach (var sub in command.Subcommands.Where(c => !c.Hidden))
                Row(output, column, sub.Name + Arguments(sub), Gist(sub.Description ?? ""));
        }

        output.WriteLine();
        foreach (var argument in command.Arguments)
            Row(output, column, argument.Name, argument.Description ?? "");
        foreach (var option in command.Options.Where(o => !o.Hidden))
            Row(output, column, Left(option), option.Description ?? "");
        output.WriteLine();
        output.WriteLine("Examples:");
        foreach (var example in Examples[PathOf(command)])
            output.WriteLine("  " + example);
        return ExitCodes.Ok;
    }

    private static string Usage(Command command) =>
        (command.Subcommands.Count == 0 ? "" : command.Action is null || command is RootCommand ? " COMMAND" : " [COMMAND]") + Arguments(command) + (command.Options.Any(o => o is not HelpOption) ? " [OPTION...]" : "");

    private static string Arguments(Command command) =>
        string.Concat(command.Arguments.Select(a => a.Arity.MinimumNumberOfValues == 0 ? $" [{a.Name}]" : $" {a.Name}"));

    private static string Left(Option option)
    {
        var names = string.Join(", ", new[] { option.Name }.Concat(option.Aliases.Where(a => a.StartsWith('-'))).OrderBy(n => n.Length));
        return option.HelpName is { } value ? $"{names} {value}" : names;
    }

    /// <summary>Where texts begin: behind the longest option, unless that would leave little room for them.</summary>
    private static int Column(Command command) =>
        Math.Clamp(command.Options.Where(o => !o.Hidden).Select(o => Left(o).Length + 4).Where(l => l <= MostColumn).DefaultIfEmpty(0).Max(), LeastColumn, MostColumn);

    /// <summary>What a command does, up to the first comma or colon; its own help has the rest.</summary>
    private static string Gist(string description) => description.IndexOfAny([',', ':', ';', '.']) is var at and > 0 ? description[..at] + "." : description;

    private static void Row(TextWriter output, int column, string left, string text)
    {
        var line = "  " + left;
        Wrapped(output, line.Length < column - 1 ? line.PadRight(column) : line + "  ", new string(' ', column), text);
    }

    private static void Wrapped(TextWriter output, string first, string rest, string text)
    {
        var line = first;
        foreach (var word in text.Split(' '))
        {
            if (line.Length + word.Length > Width)
            {
                output.WriteLine(line.TrimEnd());
                line = rest;
            }

            line += word + " ";
        }

        output.WriteLine(line.TrimEnd());
    }
}
