using System.CommandLine;
using System.Globalization;
using Guestclock.Cli.Analyze;
using Guestclock.Formats;
using Guestclock.Formats.ClockLogs;
using Guestclock.Json;
using Guestclock.Reports;
using Guestclock.Reports.Stability;
using Guestclock.Stability;
using Guestclock.Units;

namespace Guestclock.Cli.Commands;

/// <summary><c>guestclock analyze</c>: the statistics of recorded offsets.</summary>
internal static class AnalyzeCommand
{
    private static readonly Statistic[] Default = [Statistic.Oadev, Statistic.Mdev, Statistic.Tdev, Statistic.Mtie];

    public static Command Create(CommandContext context)
    {
        var files = new Argument<string[]>("FILE...") { Description = "Logs of clocks; - is standard input, gzip is unpacked.", Arity = ArgumentArity.OneOrMore };
        var type = Choice("--type", "What bare columns hold: phase (default) or frequency.", "KIND", "phase", "frequency");
        var rate = new Option<string?>("--rate") { Description = "Samples in a second, where the log has no times (1).", HelpName = "HZ" };
        var tau0 = DurationOption.Create("--tau0", "Between two samples; instead of --rate.");
        var statistic = new Option<string[]>("--statistic")
        {
            Description = "oadev,mdev,tdev,mtie unless given; also adev, hdev, ohdev, totdev, tierms; or all.",
            HelpName = "LIST",
            CompletionSources = { _ => Enum.GetValues<Statistic>().Select(s => new System.CommandLine.Completions.CompletionItem(KebabName.Of(s), documentation: s.ToString())) },
        };
        var taus = new Option<string>("--taus") { Description = "octave (default), decade, all, or a list: 1s,1m,1h.", HelpName = "WHICH", DefaultValueFactory = _ => "octave" };
        taus.CompletionSources.Add([.. TauChoice.Names]);
        var source = new Option<string?>("--source") { Description = "Only this one of a log with several.", HelpName = "NAME" };
        var input = Choice("--input", "The log's format, where its lines do not tell.", "FORMAT", [.. ClockLogReader.Formats]);
        var outliers = Choice("--outliers", "keep (default; they are counted) or remove.", "WHAT", "keep", "remove");
        var keepSteps = new Option<bool>("--keep-steps") { Description = "Analyse across steps of the clock." };
        var detrend = new Option<bool>("--detrend") { Description = "Take mean offset and frequency out first." };
        var confidence = new Option<string>("--confidence") { Description = "Of the intervals (0.683).", HelpName = "SHARE", DefaultValueFactory = _ => "0.683" };
        var format = new Option<string>("--format") { Description = "text (default), csv or json.", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "csv", "json");
        var plot = new Option<string?>("--plot") { Description = "Draw them as well (SVG).", HelpName = "FILE" };
        var command = new Command("analyze", "Tells the stability of clocks from their logs: Allan family, TDEV, MTIE.") { files };
        foreach (var option in new Option[] { type, rate, tau0, statistic, taus, source, input, outliers, keepSteps, detrend, confidence, format, plot })
            command.Options.Add(option);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = new AnalyzeRequest(
                KebabName.Find<SampleKind>(parsed.GetValue(type)),
                parsed.GetValue(source),
                parsed.GetValue(input),
                new(Tau0(parsed.GetValue(rate), parsed.GetValue(tau0)), parsed.GetValue(keepSteps), parsed.GetValue(outliers) == "remove"),
                Statistics(parsed.GetValue(statistic) ?? []),
                TauChoice.Of(parsed.GetValue(taus)!),
                parsed.GetValue(detrend),
                Confidence(parsed.GetValue(confidence)!));
            var paths = parsed.GetValue(files)!;
            var chosen = paths.Distinct().Select(f => new ClockLogFile(f, context.OpenInput)).ToList();
            if (paths.Contains(""))
                throw new UsageException("a FILE is empty: give the path of a log");
            if (paths.Count(p => p == ClockLogFile.StandardInput) > 1)
                throw new UsageException("standard input can be read once only: give - once");
            // The library takes signals only once the action has returned its task.
            return await Task.Run(() => Run(context, request, chosen, parsed.GetValue(format)!, parsed.GetValue(plot), cancellationToken), CancellationToken.None);
        });
        return command;
    }

    private static int Run(CommandContext context, AnalyzeRequest request, List<ClockLogFile> files, string format, string? plot, CancellationToken cancellationToken)
    {
        var run = new AnalyzeRun(context, request, cancellationToken);
        var report = run.Run(files);
        if (report.Series.Count == 0 && run.Problems.Count == 1)
            throw new UsageException(run.Problems[0]);
        foreach (var problem in run.Problems)
            context.Stderr.WriteLine($"guestclock: {Words.Plain(problem)}");
        if (!report.IsComplete)
            context.Stderr.WriteLine("guestclock: interrupted; values are missing");
        if (report.Series.Count == 0)
            return report.IsComplete ? ExitCodes.Usage : ExitCodes.Unknown;
        Write(report, format, context);
        if (plot is not null)
            Plot(report, plot);
        return report.IsComplete && run.Problems.Count == 0 && report.Statistics.Any() ? ExitCodes.Ok : ExitCodes.Unknown;
    }

    private static void Write(StabilityReport report, string format, CommandContext context)
    {
        switch (format)
        {
            case "json":
                StabilityJson.Write(report, context.Stdout);
                break;
            case "csv":
                StabilityCsv.Write(report, context.Stdout);
                break;
            default:
                StabilityText.Write(report, context.Stdout, context.Terminal.Layout);
                break;
        }

        context.Stdout.Flush();
    }

    private static void Plot(StabilityReport report, string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
            if (!IsOurs(file))
                throw new UsageException($"--plot {path}: this file is there and is no plot of guestclock; give another name");
            using var writer = new StreamWriter(file);
            StabilitySvg.Write(report, writer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"--plot {path}: cannot be written ({e.Message})", e);
        }
    }

    /// <summary>A file that is new, or an older plot (its length becomes 0); a log must never be lost to a slip of the hand.</summary>
    private static bool IsOurs(FileStream file)
    {
        if (!file.CanSeek)
            return true;
        Span<byte> start = stackalloc byte[4];
        var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (length > 0 && !start.SequenceEqual("<svg"u8))
            return false;
        file.SetLength(0);
        return true;
    }

    private static Option<string?> Choice(string name, string description, string helpName, params string[] values)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = helpName };
        option.AcceptOnlyFromAmong(values);
        return option;
    }

    private static double? Tau0(string? rate, Nanoseconds? tau0) => (rate, tau0) switch
    {
        (not null, not null) => throw new UsageException("--rate and --tau0 say the same: give one of them"),
        ({ } text, _) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var hz) && hz is >= 1e-9 and <= 1e12 ? 1 / hz
            : throw new UsageException($"--rate {text}: give samples in a second, such as 10 or 0.0625"),
        (_, { } span) => span.Value > 0 ? span.TotalSeconds : throw new UsageException("--tau0 must be more than 0"),
        _ => null,
    };

    /// <summary>In the order asked for.</summary>
    private static IReadOnlyList<Statistic> Statistics(string[] given)
    {
        var names = given.SelectMany(g => g.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToList();
        if (names.Count == 0)
            return Default;
        if (names.Contains("all", StringComparer.OrdinalIgnoreCase))
            return Enum.GetValues<Statistic>();
        var known = Enum.GetValues<Statistic>().Select(KebabName.Of);
        return [.. names.Select(n => KebabName.Find<Statistic>(n.ToLowerInvariant())
            ?? throw new UsageException($"--statistic {n}: there is no such statistic{Nearest.Hint(n, known)}; there are {string.Join(", ", known)}")).Distinct()];
    }

    private static double Confidence(string text)
    {
        var isPercent = text.EndsWith('%');
        var isNumber = double.TryParse(text.AsSpan().TrimEnd('%').TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value);
        var share = isPercent ? value / 100 : value;
        return isNumber && share is > 0 and < 1 ? share : throw new UsageException($"--confidence {text}: give a share between 0 and 1, such as 0.95 or 95%");
    }
}
