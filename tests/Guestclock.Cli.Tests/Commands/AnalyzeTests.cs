using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Guestclock.Cli.Analyze;
using Guestclock.Testing;

namespace Guestclock.Cli.Tests.Commands;

public sealed class AnalyzeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("guestclock-analyze-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_chrony_log_is_told_on_80_columns()
    {
        var run = Run.Of("analyze", Captured("chrony-tracking.log")).Ends(0);

        Assert.StartsWith("chrony-tracking.log (chrony tracking.log): ", run.Out, StringComparison.Ordinal);
        foreach (var heading in new[] { "OADEV: overlapping Allan deviation", "MDEV: modified Allan deviation", "TDEV: time deviation", "MTIE: maximum time interval error" })
            Assert.Contains($"\n{heading}", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Out.Split('\n'), l => l.Length > 80);
        Assert.Empty(run.Error);
    }

    [Fact]
    public void Several_series_stand_beside_each_other()
    {
        var run = Run.Of("analyze", Captured("chrony-measurements.log"), Captured("ntpd-peerstats"), "--statistic", "oadev,tierms").Ends(0);

        foreach (var head in new[] { "A: chrony-measurements.log 127.0.0.3 ", "B: chrony-measurements.log 127.0.0.2 ", "C: ntpd-peerstats 10.199.7.1 ", "D: ntpd-peerstats 10.199.7.2 " })
            Assert.Contains(head, run.Out, StringComparison.Ordinal);
        Assert.Contains("    tau s            A            B            C            D\n", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Out.Split('\n'), l => l.Length > 80);
    }

    /// <summary>NBS14 data as frequency; the values are those of NIST SP 1065 (reference.md 11.2).</summary>
    [Fact]
    public void Csv_holds_the_published_values_of_the_nine_point_set()
    {
        var file = Written("nbs.txt", "892\n809\n823\n798\n671\n644\n883\n903\n677\n");

        var run = Run.Of("analyze", file, "--type", "frequency", "--rate", "1", "--statistic", "oadev,mdev,tdev", "--taus", "1,2", "--format", "csv").Ends(0);

        var lines = run.Out.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("series,statistic,tau_s,n,value,low,high,noise", lines[0]);
        var values = lines.Skip(1).Select(l => l.Split(',')).ToDictionary(c => $"{c[1]} {c[2]}", c => Number(c[4]));
        Assert.Equal(91.22945, values["oadev 1"], 4);
        Assert.Equal(85.95287, values["oadev 2"], 4);
        Assert.Equal(74.78849, values["mdev 2"], 4);
        Assert.Equal(86.35831, values["tdev 2"], 4);
    }

    /// <summary>tests/clocklogs/README.md says how the peer's values were computed.</summary>
    [Fact]
    public void A_captured_log_has_the_same_values_as_a_peer_computes_from_it()
    {
        var run = Run.Of("analyze", Captured("chrony-refclocks.log"), "--source", "TEST", "--statistic", "all", "--format", "csv").Ends(0);

        var ours = run.Out.Split("\r\n").Skip(1).SkipLast(1).Select(l => l.Split(',')).ToList();
        var tau0 = ours.Min(c => Number(c[2]));
        var values = ours.ToDictionary(c => (c[1], (int)Math.Round(Number(c[2]) / tau0)), c => Number(c[4]));
        var peers = File.ReadLines(Captured("chrony-refclocks.allantools.csv")).Skip(1).Select(l => l.Split(',')).ToList();
        Assert.Equal(69, peers.Count);
        Assert.All(peers, p => Assert.Equal(1, values[(p[0], int.Parse(p[1], CultureInfo.InvariantCulture))] / Number(p[2]), 9));
    }

    [Theory]
    [InlineData("chrony-measurements.log")]
    [InlineData("chrony-refclocks.log")]
    [InlineData("ntpd-loopstats")]
    public void Json_fits_its_schema(string file)
    {
        var run = Run.Of("analyze", Captured(file), "--statistic", "all", "--format", "json").Ends(0);

        using var schema = JsonDocument.Parse(File.ReadAllText(Repository.At("docs", "stability.schema.json")));
        using var json = JsonDocument.Parse(run.Out);
        Assert.Empty(JsonSchema.Problems(schema.RootElement, json.RootElement));
        Assert.NotEqual(0, json.RootElement.GetProperty("results").GetArrayLength());
    }

    [Fact]
    public void A_series_of_a_log_with_several_can_be_chosen()
    {
        var chosen = Run.Of("analyze", Captured("chrony-refclocks.log"), "--source", "TEST filtered", "--format", "csv").Ends(0);
        var missing = Run.Of("analyze", Captured("chrony-refclocks.log"), "--source", "PHC0").Ends(64);

        Assert.All(chosen.Out.Split("\r\n").Skip(1).SkipLast(1), l => Assert.StartsWith("chrony-refclocks.log TEST filtered,", l, StringComparison.Ordinal));
        Assert.Equal($"guestclock: {Captured("chrony-refclocks.log")}: there is no source PHC0 in it; it has TEST, TEST filtered\n", missing.Error);
    }

    [Fact]
    public void The_plot_is_SVG_with_a_curve_for_each_statistic()
    {
        var plot = Path.Combine(_folder, "plot.svg");

        Run.Of("analyze", Captured("chrony-refclocks.log"), "--source", "TEST", "--plot", plot).Ends(0);

        XNamespace svg = "http://www.w3.org/2000/svg";
        var root = XDocument.Load(plot).Root!;
        Assert.Equal(svg + "svg", root.Name);
        Assert.Equal(4, root.Elements(svg + "polyline").Count());
        Assert.Superset(new HashSet<string> { "oadev", "mdev", "tdev", "mtie" }, root.Elements(svg + "text").Select(t => t.Value).ToHashSet());
    }

    [Fact]
    public void A_plot_that_cannot_be_written_costs_no_table()
    {
        var run = Run.Of("analyze", Captured("ntpd-loopstats"), "--plot", "/proc/none/plot.svg").Ends(64);

        Assert.Contains("OADEV", run.Out, StringComparison.Ordinal);
        Assert.StartsWith("guestclock: --plot /proc/none/plot.svg: cannot be written", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plot_never_takes_the_place_of_a_log()
    {
        var log = Written("phase.txt", "1e-6\n2e-6\n1e-6\n3e-6\n2e-6\n");
        var link = Path.Combine(_folder, "link.svg");
        File.CreateSymbolicLink(link, log);

        var run = Run.Of("analyze", log, "--plot", link).Ends(64);

        Assert.Equal($"guestclock: --plot {link}: this file is there and is no plot of guestclock; give another name\n", run.Error);
        Assert.StartsWith("1e-6\n", File.ReadAllText(log), StringComparison.Ordinal);
    }

    [Fact]
    public void An_older_plot_is_replaced_as_a_whole()
    {
        var plot = Written("plot.svg", "<svg xmlns='http://www.w3.org/2000/svg'>" + new string(' ', 100_000) + "</svg>");

        Run.Of("analyze", Captured("ntpd-loopstats"), "--plot", plot).Ends(0);

        Assert.Equal("svg", XDocument.Load(plot).Root!.Name.LocalName);
    }

    [Fact]
    public void Both_panels_of_a_plot_have_the_same_averaging_times()
    {
        var plot = Path.Combine(_folder, "plot.svg");

        Run.Of("analyze", Written("phase.txt", string.Join('\n', Enumerable.Range(0, 30).Select(i => i * i % 7))), "--statistic", "mdev,mtie", "--plot", plot).Ends(0);

        XNamespace svg = "http://www.w3.org/2000/svg";
        var ticks = XDocument.Load(plot).Root!.Elements(svg + "text").Where(t => t.Value is "1 s" or "10 s" or "100 s").Where(t => (string?)t.Attribute("text-anchor") == "middle");
        Assert.Equal(["1 s", "10 s", "100 s", "1 s", "10 s", "100 s"], ticks.Select(t => t.Value));
    }

    [Fact]
    public void Names_of_many_curves_stay_in_their_panel_and_apart()
    {
        var plot = Path.Combine(_folder, "plot.svg");
        var files = Enumerable.Range(0, 6).Select(i => Written($"{i}.txt", string.Join('\n', Enumerable.Range(0, 30).Select(k => k * k % (7 + i)))));

        Run.Of(["analyze", .. files, "--statistic", "all", "--plot", plot]).Ends(0);

        XNamespace svg = "http://www.w3.org/2000/svg";
        var names = XDocument.Load(plot).Root!.Elements(svg + "text").Where(t => (string?)t.Attribute("font-weight") == "bold" && t.Value.Contains(' ') && !t.Value.StartsWith("frac", StringComparison.Ordinal))
            .Select(t => Number(t.Attribute("y")!.Value)).ToList();
        Assert.Equal(54, names.Count);
        Assert.All(names.Order().Zip(names.Order().Skip(1)), pair => Assert.True(pair.Second - pair.First > 14));
    }

    [Fact]
    public void A_plot_of_zeros_says_so()
    {
        var plot = Path.Combine(_folder, "plot.svg");

        Run.Of("analyze", Written("zeros", "0\n0\n0\n0\n0\n"), "--plot", plot).Ends(0);

        Assert.Contains("all values are zero, which a logarithmic axis cannot show", File.ReadAllText(plot), StringComparison.Ordinal);
    }

    [Fact]
    public void A_statistic_may_be_written_as_the_table_writes_it() =>
        Assert.Contains("\nMTIE: ", Run.Of("analyze", Captured("ntpd-loopstats"), "--statistic", "MTIE").Ends(0).Out, StringComparison.Ordinal);

    [Fact]
    public void A_gzip_file_that_is_cut_off_is_told()
    {
        var zipped = Path.Combine(_folder, "loopstats.gz");
        using (var gzip = new GZipStream(File.Create(zipped), CompressionLevel.Fastest))
            gzip.Write(File.ReadAllBytes(Captured("ntpd-loopstats")));
        using (var file = File.OpenWrite(zipped))
            file.SetLength(file.Length / 2);

        Assert.StartsWith($"guestclock: {zipped}: it begins like a gzip file, but is damaged or cut off", Run.Of("analyze", zipped).Ends(64).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipe_that_nobody_writes_to_can_be_interrupted()
    {
        var pipe = Path.Combine(_folder, "pipe");
        using (var made = System.Diagnostics.Process.Start("mkfifo", pipe))
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        using var interrupted = new CancellationTokenSource(100);
        var log = new ClockLogFile(pipe, () => Stream.Null);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Run(() => log.Read(null, null, interrupted.Token), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60)));

        // Lets the open end.
        await using var writer = new FileStream(pipe, FileMode.Open, FileAccess.ReadWrite);
    }

    [Fact]
    public void Frequencies_with_a_gap_can_be_detrended()
    {
        var file = Written("frequency.txt", "1.1\n0.9\n1.1\n0.9\n1.0\nnan\n1.1\n0.9\n");

        var run = Run.Of("analyze", file, "--type", "frequency", "--rate", "1", "--detrend", "--statistic", "mtie", "--taus", "1", "--format", "csv").Ends(0);

        Assert.InRange(Number(run.Out.Split("\r\n")[1].Split(',')[4]), 0, 0.2);
    }

    [Fact]
    public void A_clock_without_any_frequency_error_is_told_in_no_unit() =>
        Assert.Contains("  frequency: 0 ± 0\n", Run.Of("analyze", Written("equal", "1\n1\n1\n1\n1\n")).Ends(0).Out, StringComparison.Ordinal);

    [Fact]
    public void Standard_input_and_gzip_are_read_like_a_file()
    {
        var bytes = File.ReadAllBytes(Captured("ntpd-loopstats"));
        var zipped = Path.Combine(_folder, "loopstats.gz");
        using (var gzip = new GZipStream(File.Create(zipped), CompressionLevel.Fastest))
            gzip.Write(bytes);

        var plain = Values(Run.Of("analyze", Captured("ntpd-loopstats"), "--format", "csv"));

        Assert.NotEmpty(plain);
        Assert.Equal(plain, Values(Run.In(c => c with { OpenInput = () => new MemoryStream(bytes) }, "analyze", "-", "--format", "csv")));
        Assert.Equal(plain, Values(Run.Of("analyze", zipped, "--format", "csv")));
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("1e-9\n", "there is one sample only; statistics need at least 3")]
    [InlineData("1e-9\n2e-9\n", "there are 2 samples only; statistics need at least 3")]
    [InlineData("hello\nworld\n", "this is neither a log of 'guestclock measure', of chrony")]
    [InlineData("\u007fELF\u0000\u0001\n", "this is a binary file; a log of a clock is text")]
    [InlineData("\u001f\u008bnot gzip at all", "it begins like a gzip file, but is damaged")]
    [InlineData("1 2 3\n4 5 6\n", "this is neither")]
    [InlineData("5 1\n5 2\n5 3\n5 4\n", "its times never rise; give its values alone in one column")]
    [InlineData("5 1\n4 2\n3 3\n2 4\n", "its times never rise; give its values alone in one column")]
    [InlineData("0 1\n1e-320 2\n2e-320 3\n3e-320 1\n", "its times never rise; give its values alone in one column")]
    [InlineData("1\nx\ny\n", "only 1 of 3 lines are samples (columns of numbers); 2 lines were skipped")]
    public void A_file_that_says_nothing_is_one_sentence(string text, string sentence)
    {
        var file = Path.Combine(_folder, "bad");
        File.WriteAllBytes(file, Encoding.Latin1.GetBytes(text));

        var run = Run.Of("analyze", file).Ends(64);

        Assert.StartsWith($"guestclock: {file}: {sentence}", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.Empty(run.Out);
    }

    [Fact]
    public void A_missing_file_and_a_directory_are_one_sentence()
    {
        Assert.Equal($"guestclock: {_folder}/none: there is no such file\n", Run.Of("analyze", $"{_folder}/none").Ends(64).Error);
        Assert.Equal($"guestclock: {_folder}: this is a directory; give the files in it\n", Run.Of("analyze", _folder).Ends(64).Error);
    }

    [Fact]
    public void Of_several_files_those_that_can_be_read_are_reported()
    {
        var run = Run.Of("analyze", $"{_folder}/none", Captured("ntpd-loopstats")).Ends(3);

        Assert.Equal($"guestclock: {_folder}/none: there is no such file\n", run.Error);
        Assert.Contains("OADEV", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Garbage_in_the_middle_and_what_bare_numbers_are_taken_for_is_told()
    {
        var run = Run.Of("analyze", Written("phase.txt", "1e-6\n2e-6\noops\n1e-6\n3e-6\n2e-6\n")).Ends(0);

        Assert.Contains("  - the numbers are taken as phase in seconds; '--type frequency' takes them as\n    fractional frequency\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("  - 1 line was skipped (line 3: 'oops')\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("  - the log has no times: one value a second is assumed; '--rate HZ' says\n    otherwise\n", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("analyze x --statistic adve", "--statistic adve: there is no such statistic (did you mean adev?)")]
    [InlineData("analyze x --taus often", "--taus often: give octave, decade, all, or averaging times")]
    [InlineData("analyze x --taus 1,-2", "--taus 1,-2: give octave, decade, all, or averaging times")]
    [InlineData("analyze x --rate 0", "--rate 0: give samples in a second")]
    [InlineData("analyze x --rate inf", "--rate inf: give samples in a second")]
    [InlineData("analyze x --rate fast", "--rate fast: give samples in a second")]
    [InlineData("analyze ", "a FILE is empty: give the path of a log")]
    [InlineData("analyze x --rate 1 --tau0 1s", "--rate and --tau0 say the same: give one of them")]
    [InlineData("analyze x --confidence 95", "--confidence 95: give a share between 0 and 1, such as 0.95 or 95%")]
    [InlineData("analyze x --type time", "--type time: must be one of phase, frequency")]
    [InlineData("analyze x --input ntp", "--input ntp: must be one of measure, chrony-tracking")]
    [InlineData("analyze - -", "standard input can be read once only")]
    [InlineData("analyze", "analyze needs FILE...: ")]
    public void A_wrong_command_line_is_one_sentence(string line, string says) =>
        Assert.StartsWith($"guestclock: {says}", Run.Of(line.Split(' ')).Ends(64).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("guestclock analyze --statistic ", "ohdev")]
    [InlineData("guestclock analyze --input ", "chrony-refclocks")]
    [InlineData("guestclock analyze --taus ", "decade")]
    [InlineData("guestclock analyze --out", "--outliers")]
    public void Its_values_are_completed(string line, string suggestion) =>
        Assert.Contains(suggestion, Run.Of($"[suggest:{line.Length}]", line).Ends(0).Out.Split('\n', StringSplitOptions.TrimEntries));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Captured(string name) => Repository.At("tests", "clocklogs", name);

    private string Written(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>The lines without the name of the file.</summary>
    private static List<string> Values(Run run) => [.. run.Ends(0).Out.Split("\r\n").Skip(1).Select(l => l[(l.IndexOf(',') + 1)..])];
}
