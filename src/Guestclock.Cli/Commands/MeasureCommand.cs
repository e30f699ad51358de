using System.CommandLine;
using System.CommandLine.Parsing;
using Guestclock.Checks;
using Guestclock.Cli.Configuration;
using Guestclock.Cli.Measure;
using Guestclock.Linux.Libvirt;
using Guestclock.Measuring;
using Guestclock.Units;

namespace Guestclock.Cli.Commands;

/// <summary><c>guestclock measure</c>: how far off a clock is, and how sure that is.</summary>
internal static class MeasureCommand
{
    public const string Name = "measure";

    private const long LeastIntervalNs = 1_000_000;
    private const long MostReadings = 1_000_000_000;

    /// <summary>Where nobody looks on who could press Ctrl-C.</summary>
    private const int DefaultCount = 10;

    public static Command Create(CommandContext context)
    {
        var reference = new Option<string?>("--reference")
        {
            Description = "phc[:DEV], rtc[:DEV], ntp:HOST[:PORT], chrony, guest:DOMAIN or agent:SOCKET (the best there is).",
            HelpName = "REF",
            CompletionSources = { c => ReferenceSuggestions.For(c.WordToComplete) },
        };
        var interval = DurationOption.Create("--interval", "Between two readings (1s, or what the reference allows).");
        var duration = DurationOption.Create("--duration", "Stop after this.");
        var count = new Option<long?>("--count") { Description = $"Stop after N readings ({DefaultCount}; on a terminal: at Ctrl-C).", HelpName = "N", CustomParser = Count };
        var log = new Option<string?>("--log") { Description = "Add each reading to this CSV file.", HelpName = "FILE" };
        var plot = new Option<string?>("--plot") { Description = "Draw offset and bound over time (SVG).", HelpName = "FILE" };
        var noFilter = new Option<bool>("--no-filter") { Description = "Use slow readings too; else only the lucky ones count." };
        var policy = new Option<string?>("--policy") { Description = "Thresholds of the exit code (YAML; docs/policy.md).", HelpName = "FILE" };
        var connect = new Option<string?>("--connect") { Description = $"The libvirt of guest: ({LibvirtConnection.DefaultUri}).", HelpName = "URI" };
        var format = new Option<string>("--format") { Description = "text (default), json, jsonl or csv.", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json", "jsonl", "csv");
        var command = new Command(Name, "Measures how far off a clock is, with an honest bound: the system clock against a reference, or a guest's against this host's.");
        foreach (var option in new Option[] { reference, interval, duration, count, log, plot, noFilter, policy, connect, format })
            command.Options.Add(option);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var name = parsed.GetValue(reference) is { } text ? ReferenceName.Parse(text) : null;
            if (parsed.GetValue(connect) is not null && name?.Kind != ReferenceKind.Guest)
                throw new UsageException($"{connect.Name} goes with {reference.Name} guest:DOMAIN only");
            var request = new MeasureRequest(name, parsed.GetValue(format)!)
            {
                IntervalNs = AtLeast(parsed, interval, LeastIntervalNs),
                DurationNs = AtLeast(parsed, duration, LeastIntervalNs),
                Count = parsed.GetValue(count),
                Log = parsed.GetValue(log),
                Plot = parsed.GetValue(plot),
                FiltersLucky = !parsed.GetValue(noFilter),
                Policy = parsed.GetValue(policy) is { } file ? PolicyFile.Read(file) : Policy.Default,
                Libvirt = parsed.GetValue(connect) ?? LibvirtConnection.DefaultUri,
            };
            if (request is { Count: null, DurationNs: null } && !(context.Terminal.CanRedraw && request.Format == "text"))
                request = request with { Count = DefaultCount };
            return await new MeasureRun(context, request).RunAsync(cancellationToken);
        });
        return command;
    }

    private static long? AtLeast(ParseResult parsed, Option<Nanoseconds?> option, long leastNs) =>
        parsed.GetValue(option) is not { } value ? null
        : value.Value >= leastNs ? value.Value
        : throw new UsageException($"{option.Name} must be at least {new Nanoseconds(leastNs)}");

    private static long? Count(ArgumentResult result)
    {
        var text = result.Tokens[^1].Value;
        if (long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= MostReadings)
            return count;
        result.AddError($"--count {text}: give a whole number from 1 to {MostReadings}");
        return null;
    }
}
