using System.Text.Json;
using System.Xml.Linq;
using Guestclock.Cli.Commands;
using Guestclock.Discipline.Watch;
using Guestclock.Formats.ClockLogs;
using Guestclock.Testing;

namespace Guestclock.Cli.Tests.Commands;

/// <summary>measure with a simulated agent on a real socket: its clock is this machine's and so many nanoseconds.</summary>
public sealed class MeasureTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("guestclock-measure-").FullName;

    private string Agent => At("agent");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string At(string name) => Path.Combine(_folder, name);

    private Run Measure(params string[] options) => Run.In(Trusted, ["measure", "--reference", $"agent:{Agent}", "--interval", "100ms", .. options]);

    private static CommandContext Trusted(CommandContext context) => context with { JudgeHost = () => HostSanity.Synchronized(2_000_000, "chronyd, stratum 3, 192.0.2.1") };

    private static CommandContext OnTerminal(CommandContext context) =>
        Trusted(context) with { Terminal = new(80, false, true, TimeProvider.System) { OutputIsTerminal = true, CanRedraw = true } };

    [Fact]
    public async Task Text_shows_each_sample_its_bound_and_the_summary()
    {
        await using var agent = new SimulatedAgent(Agent) { OffsetNs = -20_000_000_000 };
        var run = Measure("--count", "3").Ends(ExitCodes.Critical);
        Assert.StartsWith($"guest at {Agent}", run.Out, StringComparison.Ordinal);
        Assert.Contains("this host's own clock is synchronised", run.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal(3, run.Out.Split('\n').Count(l => l.Contains(" s ± ", StringComparison.Ordinal) && l.Contains("round-trip", StringComparison.Ordinal) && l[2] == ':'));
        Assert.Contains("\n  readings  3, 0 lost, ", run.Out, StringComparison.Ordinal);
        Assert.EndsWith("\nCRITICAL: off by 20.0 s; critical above 500 ms\n", run.Out, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task One_sample_is_enough_and_JSON_holds_to_its_schema()
    {
        await using var agent = new SimulatedAgent(Agent) { OffsetNs = 50_000_000 };
        var run = Measure("--count", "1", "--format", "json").Ends(ExitCodes.Warning);
        using var schema = JsonDocument.Parse(File.ReadAllText(Repository.At("docs", "measure.schema.json")));
        using var json = JsonDocument.Parse(run.Out);
        Assert.Empty(JsonSchema.Problems(schema.RootElement, json.RootElement));
        var sample = json.RootElement.GetProperty("samples")[0];
        var (offset, bound) = (sample.GetProperty("offsetNs").GetInt64(), sample.GetProperty("boundNs").GetInt64());
        Assert.InRange(50_000_000, offset - bound, offset + bound);
        Assert.Equal(bound, sample.GetProperty("parts").EnumerateObject().Sum(p => p.Value.GetInt64()));
    }

    [Fact]
    public async Task A_log_is_gone_on_with_after_half_a_line_and_analyze_reads_it()
    {
        await using var agent = new SimulatedAgent(Agent) { OffsetNs = 1_000_000 };
        var log = At("log.csv");
        Measure("--count", "2", "--log", log).Ends(0);
        File.AppendAllText(log, "1795257650");
        Measure("--count", "3", "--log", log, "--format", "csv").Ends(0);
        using var stream = File.OpenRead(log);
        var read = ClockLogReader.Read(stream, null, null, TestContext.Current.CancellationToken);
        Assert.Equal(5, Assert.Single(read.Series).Values.Length);
        Assert.Equal(1, read.SkippedLines);
        Assert.All(File.ReadLines(log).Select(l => l.Split(',')).Where(f => f.Length > 5 && long.TryParse(f[2], out _)), f =>
        {
            var (offset, bound) = (long.Parse(f[2]), long.Parse(f[3]));
            Assert.InRange(1_000_000, offset - bound, offset + bound);
            Assert.Contains(offset / 1e9, read.Series[0].Values);
        });
    }

    [Fact]
    public async Task Who_reads_no_more_ends_it_unless_a_log_is_kept()
    {
        await using var agent = new SimulatedAgent(Agent);
        string[] line = ["measure", "--reference", $"agent:{Agent}", "--interval", "100ms", "--format", "jsonl"];
        var run = Run.In(c => Trusted(c) with { HasNoReader = () => true }, [.. line, "--duration", "1h"]).Ends(ExitCodes.Unknown);
        Assert.Equal("guestclock: nobody reads the output any more\n", run.Error);
        Run.In(c => Trusted(c) with { HasNoReader = () => true }, [.. line, "--count", "2", "--log", At("log.csv")]).Ends(0);
    }

    [Fact]
    public async Task CSV_and_jsonl_are_written_line_by_line()
    {
        await using var agent = new SimulatedAgent(Agent);
        var csv = Measure("--count", "2", "--format", "csv").Ends(0).Out.Split('\n');
        Assert.Equal($"{MeasureLogHead.Mark}guest at {Agent} against agent:{Agent}", csv[0]);
        Assert.Equal(MeasureLogHead.Columns, csv[1]);
        Assert.Equal([3, 4, 5, 6], csv.Index().Where(l => !l.Item.StartsWith('#') && l.Index > 1).Select(l => l.Index).Append(6));
        var lines = Measure("--count", "2", "--format", "jsonl").Ends(0).Out.TrimEnd().Split('\n');
        Assert.Equal(["schema", "at", "at", "summary"], lines.Select(l =>
        {
            using var json = JsonDocument.Parse(l);
            return json.RootElement.EnumerateObject().First().Name;
        }));
    }

    [Fact]
    public async Task A_plot_is_written_whole_and_replaces_nothing_else()
    {
        await using var agent = new SimulatedAgent(Agent);
        var plot = At("plot.svg");
        Measure("--count", "3", "--plot", plot).Ends(0);
        Assert.Equal("svg", XDocument.Load(plot).Root!.Name.LocalName);
        Measure("--count", "1", "--plot", plot).Ends(0);
        File.WriteAllText(At("letter"), "Dear");
        Assert.Equal($"guestclock: --plot {At("letter")}: it holds something else, which is not replaced\n", Measure("--plot", At("letter")).Ends(ExitCodes.Usage).Error);
        Assert.Contains("its directory does not exist", Measure("--plot", At("no/plot.svg")).Ends(ExitCodes.Usage).Error, StringComparison.Ordinal);
        Assert.Contains("it is a character device", Measure("--plot", "/dev/null").Ends(ExitCodes.Usage).Error, StringComparison.Ordinal);
        Assert.Equal(["agent", "letter", "plot.svg"], Directory.EnumerateFileSystemEntries(_folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_log_of_something_else_is_left_alone()
    {
        await using var agent = new SimulatedAgent(Agent);
        var (letter, other) = (At("letter"), At("other.csv"));
        File.WriteAllText(letter, "Dear");
        File.WriteAllText(other, $"{MeasureLogHead.Mark}system clock against chrony\n{MeasureLogHead.Columns}\n");
        Assert.Equal($"guestclock: --log {letter}: it is no log of guestclock measure, and nothing is added to it; give another name\n", Measure("--log", letter).Ends(ExitCodes.Usage).Error);
        Assert.Equal($"guestclock: --log {other}: it holds measurements of system clock against chrony; give another name\n", Measure("--log", other).Ends(ExitCodes.Usage).Error);
        Assert.Equal("Dear", File.ReadAllText(letter));
        Assert.Contains("it is a directory", Measure("--log", _folder).Ends(ExitCodes.Usage).Error, StringComparison.Ordinal);
        Assert.Contains("it is a character device", Measure("--log", "/dev/full").Ends(ExitCodes.Usage).Error, StringComparison.Ordinal);
        Assert.Contains("No such file or directory", Measure("--log", At("no/log.csv")).Ends(ExitCodes.Usage).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plot_does_not_replace_the_log()
    {
        await using var agent = new SimulatedAgent(Agent);
        var file = At("both");
        Assert.Equal($"guestclock: --plot {_folder}/./both: it is the file of --log too; give another name\n", Measure("--log", file, "--plot", $"{_folder}/./both").Ends(ExitCodes.Usage).Error);
        Assert.False(File.Exists(file));
        Directory.CreateSymbolicLink(At("same"), _folder);
        var run = Measure("--count", "1", "--log", file, "--plot", At("same/both")).Ends(ExitCodes.Unknown);
        Assert.Contains("it holds something else, which is not replaced", run.Error, StringComparison.Ordinal);
        Assert.StartsWith(MeasureLogHead.Mark, File.ReadAllText(file), StringComparison.Ordinal);
        Assert.Equal("guestclock: --log: it needs a name\n", Measure("--log", "").Ends(ExitCodes.Usage).Error);
    }

    [Fact]
    public async Task A_guest_that_does_not_answer_is_lost_and_tried_again()
    {
        await using var agent = new SimulatedAgent(Agent, AgentManners.Silent);
        var run = Measure("--count", "2", "--format", "jsonl").Ends(ExitCodes.Unknown);
        Assert.Equal(2, run.Out.Split('\n').Count(l => l.Contains("no guest agent answers", StringComparison.Ordinal) && !l.Contains("summary", StringComparison.Ordinal)));
        Assert.Contains("\"end\":\"complete\"", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_guest_that_is_not_there_ends_it_with_what_to_do()
    {
        var run = Measure("--count", "100").Ends(ExitCodes.Unknown);
        Assert.Contains($"there is no such guest: there is no {Agent}. Look at", string.Join(' ', run.Out.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Contains("\n  readings  1, 1 lost, 0 of 0 samples used\n", run.Out, StringComparison.Ordinal);
        Assert.StartsWith("guestclock: there is no such guest", Measure("--format", "json").Ends(ExitCodes.Unknown).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_answers_nonsense_is_no_agent()
    {
        await using var agent = new SimulatedAgent(Agent, AgentManners.Qmp);
        Assert.Contains("the answer is not a guest agent's", Measure("--count", "1").Ends(ExitCodes.Unknown).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_terminal_the_view_is_redrawn_and_the_summary_stays()
    {
        await using var agent = new SimulatedAgent(Agent);
        var run = Run.In(OnTerminal, "measure", "--reference", $"agent:{Agent}", "--interval", "150ms", "--count", "4").Ends(0);
        Assert.Contains("\u001b[J", run.Out, StringComparison.Ordinal);
        Assert.Contains("  Ctrl-C ends and shows the summary", run.Out, StringComparison.Ordinal);
        var summary = run.Out[(run.Out.LastIndexOf("\u001b[J", StringComparison.Ordinal) + 3)..];
        Assert.DoesNotContain('\u001b', summary);
        Assert.Contains("OK: within 10.0 ms", summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_sets_the_limits_of_the_exit_code()
    {
        await using var agent = new SimulatedAgent(Agent) { OffsetNs = 50_000_000 };
        File.WriteAllText(At("policy.yaml"), "thresholds:\n  offset-warning: 1s\n  offset-critical: 2s\n");
        Measure("--count", "1", "--policy", At("policy.yaml")).Ends(0);
        File.WriteAllText(At("policy.yaml"), "thresholds:\n  offset-warning: 100ns\n  offset-critical: 20ms\n");
        Measure("--count", "1", "--policy", At("policy.yaml")).Ends(ExitCodes.Critical);
    }

    [Fact]
    public async Task A_reading_more_often_than_the_reference_bears_is_refused_in_a_sentence()
    {
        await using var agent = new SimulatedAgent(Agent);
        var run = Run.In(Trusted, "measure", "--reference", $"agent:{Agent}", "--interval", "1ms", "--count", "2", "--format", "json").Ends(0);
        Assert.Equal($"guestclock: agent:{Agent} is read at most once every 100 ms, not every 1.00 ms\n", run.Error);
        Assert.Contains("\"intervalNs\": 100000000", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--reference nto:192.0.2.1", "there is no reference 'nto' (did you mean ntp?)")]
    [InlineData("--reference agent:", "reference: expected agent:SOCKET, for example agent:/run/guest.agent")]
    [InlineData("--interval 0s", "--interval must be at least 1.00 ms")]
    [InlineData("--interval 0", "--interval 0: give a duration with its unit")]
    [InlineData("--duration 0ms", "--duration must be at least 1.00 ms")]
    [InlineData("--count 0", "--count 0: give a whole number from 1 to")]
    [InlineData("--count many", "--count many: give a whole number from 1 to")]
    [InlineData("--format xml", "--format xml: must be one of text, json, jsonl, csv")]
    [InlineData("--reference chrony --connect test:///default", "--connect goes with --reference guest:DOMAIN only")]
    [InlineData("--policy /nonexistent", "cannot read the policy")]
    [InlineData("--conut 3", "there is no option --conut (did you mean --count?)")]
    public void Bad_input_is_one_sentence_and_64(string options, string says)
    {
        var run = Run.In(Trusted, ["measure", .. options.Split(' ')]).Ends(ExitCodes.Usage);
        Assert.StartsWith($"guestclock: {says}", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    [Fact]
    public void A_PTP_device_that_is_not_there_is_told() =>
        Assert.Contains("/dev/ptp987", Run.In(Trusted, "measure", "--reference", "phc:/dev/ptp987").Ends(ExitCodes.Unknown).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("guestclock measure --reference ", "chrony")]
    [InlineData("guestclock measure --reference g", "guest:")]
    [InlineData("guestclock measure --format ", "jsonl")]
    [InlineData("guestclock measure --no", "--no-filter")]
    public void Its_values_are_completed(string line, string suggestion) =>
        Assert.Contains(suggestion, Run.Of($"[suggest:{line.Length}]", line).Ends(0).Out.Split('\n', StringSplitOptions.TrimEntries));
}
