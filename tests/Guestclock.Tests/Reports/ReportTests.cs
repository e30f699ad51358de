using System.Text.Json;
using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Judging;
using Guestclock.Reports;
using Guestclock.Testing;

namespace Guestclock.Tests.Reports;

public class ReportTests
{
    private static readonly DateTimeOffset TakenAt = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private static readonly MachineFacts BrokenHost = Some.KvmHost() with { Cpu = new() { Cpus = Some.List(Some.Cpu(0)) } };

    private static Report Of(MachineFacts facts, Policy? policy = null) =>
        new("0.1.0", TakenAt, true, facts, Judge.Run(facts, policy ?? Policy.Default, new(2026, 11, 21), c => c.Id == "tsc-constant"));

    private static string Text(Report report, int width = 80, bool verbose = false)
    {
        using var writer = new StringWriter();
        TextReport.Write(report, writer, new(width, false), verbose);
        return writer.ToString();
    }

    private static string Json(Report report)
    {
        using var writer = new StringWriter();
        JsonReport.Write(report, writer);
        return writer.ToString();
    }

    [Fact]
    public void Facts_are_whole_text_whatever_the_size_of_the_pieces()
    {
        var name = string.Concat(Enumerable.Repeat("a€😀", 20_000));
        var facts = new MachineFacts { Identity = new() { Hostname = Fact.Known(name, "s") } };
        using var writer = new StringWriter();

        FactsJson.Write(facts, TakenAt, true, "0.1.0", writer);

        using var json = JsonDocument.Parse(writer.ToString());
        Assert.Equal(name, json.RootElement.GetProperty("facts").GetProperty("identity").GetProperty("hostname").GetProperty("value").GetString());
    }

    /// <summary>A file without a line end may come as one word.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("x ")]
    public void A_text_from_outside_fills_no_more_than_a_page(string separator)
    {
        var name = string.Concat(Enumerable.Repeat("\u001b[31m" + separator, 300_000));
        var facts = BrokenHost with { Identity = new() { Hostname = Fact.Known(name, "s") } };
        var start = System.Diagnostics.Stopwatch.GetTimestamp();

        var text = Text(Of(facts), verbose: true);

        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(2));
        Assert.DoesNotContain('\u001b', text);
        Assert.InRange(text.Length, 1, 20_000);
    }

    [Fact]
    public void What_was_found_instead_is_told_in_part() =>
        Assert.InRange(new MalformedInputException("line 1", "a number", new string('x', 1 << 20)).Message.Length, 100, 200);

    [Fact]
    public void Text_begins_with_the_verdict_and_the_first_broken_link()
    {
        var lines = Text(Of(BrokenHost)).Split('\n');
        Assert.StartsWith("WARNING  CPU 0 ", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines.Take(3), l => l.Trim() == "First broken link: host TSC (tsc-constant)");
        Assert.Contains("some · debian 12 · kernel 6.1.0-30-amd64 · bare metal, KVM host", lines);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(132)]
    public void Text_fits_the_terminal(int width) => Assert.DoesNotContain(Text(Of(BrokenHost), width).Split('\n'), l => l.Length > width);

    [Fact]
    public void Text_tells_one_remedy_once()
    {
        var facts = Some.KvmGuest() with { Services = new() { TimeServices = Some.List<TimeService>(), Processes = Some.Known(0L) } };
        var report = new Report("0.1.0", TakenAt, true, facts, Judge.Run(facts, Policy.Default, new(2026, 11, 21), c => c.Id.StartsWith("time-service-", StringComparison.Ordinal)));
        var lines = Text(report).Split('\n');
        Assert.Single(lines, l => l.Trim() == "apt-get install -y chrony");
        Assert.Single(lines, l => l.Trim() == "Fix: the same as for time-service-running.");
    }

    [Fact]
    public void Text_is_as_wide_in_colour()
    {
        using var writer = new StringWriter();
        TextReport.Write(Of(BrokenHost), writer, new(80, true), false);
        var pieces = writer.ToString().Split('\u001b');
        var plain = string.Concat(pieces.Skip(1).Select(p => p[(p.IndexOf('m', StringComparison.Ordinal) + 1)..]).Prepend(pieces[0]));
        Assert.Equal(Text(Of(BrokenHost)), plain);
    }

    [Fact]
    public void Page_on_a_terminal_fits_it()
    {
        foreach (var check in Catalogue.All)
        {
            using var writer = new StringWriter();
            PageReport.Write(CheckPages.Text(check), writer, TextLayout.Plain);
            Assert.DoesNotContain(writer.ToString().Split('\n'), l => l.Length > 80 && l[0] != '|');
        }
    }

    [Fact]
    public void Text_shows_no_control_characters_from_outside()
    {
        var facts = Some.KvmGuest() with { Cpu = new() { Cpus = Some.List(Some.Cpu(0) with { ModelName = "evil \u001b[2J\u0007" }) } };
        var host = facts with { Identity = Some.KvmHost().Identity };
        Assert.DoesNotContain(Text(Of(host)), c => char.IsControl(c) && c != '\n');
    }

    [Fact]
    public void Json_holds_to_its_schema()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Repository.At("docs", "report.schema.json")));
        foreach (var facts in new[] { BrokenHost, Some.KvmGuest(), Some.Arm(), new MachineFacts() })
        {
            using var report = JsonDocument.Parse(Json(Of(facts, Policy.Default with { Waivers = [new("no-such", "x", new(2020, 1, 1))] })));
            Assert.Empty(JsonSchema.Problems(schema.RootElement, report.RootElement));
        }
    }

    [Fact]
    public void Json_names_the_first_broken_link()
    {
        using var report = JsonDocument.Parse(Json(Of(BrokenHost)));
        Assert.Equal("tsc-constant", report.RootElement.GetProperty("verdict").GetProperty("firstBrokenLink").GetString());
        Assert.Equal("live", report.RootElement.GetProperty("source").GetString());
    }

    [Fact]
    public void Plugin_is_one_line_with_performance_data()
    {
        using var writer = new StringWriter();
        PluginReport.Write(Of(BrokenHost), writer, Policy.Default, VerdictStatus.Warning);
        var line = Assert.Single(writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Matches(@"^GUESTCLOCK WARNING - CPU 0 .* \[tsc-constant\] \| steal=0\.01%;10;40;0;100 critical=0;;;0 warning=1;;;0 unknown=0;;;0 passed=0;;;0$", line);
    }

    [Fact]
    public void Markdown_escapes_what_comes_from_outside()
    {
        using var writer = new StringWriter();
        var facts = BrokenHost with { Identity = BrokenHost.Identity with { Hostname = Some.Known("a|b<script>") } };
        MarkdownReport.Write(Of(facts), writer);
        Assert.Contains("a\\|b\\<script\\>", writer.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("# WARNING: ", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Facts_tell_value_state_source_and_time()
    {
        using var writer = new StringWriter();
        FactsJson.Write(Some.KvmGuest() with { Power = new() { IdleDriver = Some.Not<string>(FactState.Denied, "permission denied") } }, TakenAt, true, "0.1.0", writer);
        using var document = JsonDocument.Parse(writer.ToString());
        var facts = document.RootElement.GetProperty("facts");
        var current = facts.GetProperty("clock").GetProperty("currentSource");
        Assert.Equal(("known", "tsc", "test"), (current.GetProperty("state").GetString(), current.GetProperty("value").GetString(), current.GetProperty("source").GetString()));
        Assert.True(current.TryGetProperty("tookNs", out _));
        var driver = facts.GetProperty("power").GetProperty("idleDriver");
        Assert.Equal(("denied", "permission denied", false),
            (driver.GetProperty("state").GetString(), driver.GetProperty("why").GetString(), driver.TryGetProperty("value", out _)));
    }
}
