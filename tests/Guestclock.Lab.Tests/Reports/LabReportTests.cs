using System.Text.Json;
using Guestclock.Lab.Reports;
using Guestclock.Lab.Results;
using Guestclock.Reports;
using Guestclock.Testing;

namespace Guestclock.Lab.Tests.Reports;

public class LabReportTests
{
    private static readonly LabReport Report = SomeReport.Create();

    private static string Written(Action<TextWriter> write)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        write(writer);
        return writer.ToString();
    }

    /// <summary>Compares with a file beside this one; GUESTCLOCK_WRITE_GOLDEN=1 writes it anew, to be read before it is committed.</summary>
    private static void IsAsIn(string file, string text)
    {
        var path = Repository.At("tests", "Guestclock.Lab.Tests", "Reports", file);
        if (Environment.GetEnvironmentVariable("GUESTCLOCK_WRITE_GOLDEN") == "1")
            File.WriteAllText(path, text);
        Assert.Equal(File.ReadAllText(path), text);
    }

    [Fact]
    public void The_table_is_as_it_was() => IsAsIn("lab.txt", Written(w => LabText.Write(Report, w, TextLayout.Plain)));

    [Fact]
    public void The_table_for_a_readme_is_as_it_was() => IsAsIn("lab.md", Written(w => LabMarkdown.Write(Report, w)));

    [Fact]
    public void The_plot_is_as_it_was() => IsAsIn("lab.svg", Written(w => LabSvg.Write(Report, w)));

    [Fact]
    public void The_json_is_as_it_was() => IsAsIn("lab.json", Written(w => LabJson.Write(Report, w)));

    [Fact]
    public void The_table_fits_80_columns() => Assert.DoesNotContain(Written(w => LabText.Write(Report, w, TextLayout.Plain)).Split('\n'), l => l.Length > 80);

    [Fact]
    public void The_plot_is_well_formed() => System.Xml.Linq.XDocument.Parse(Written(w => LabSvg.Write(Report, w)));

    [Fact]
    public void The_json_keeps_its_schema()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Repository.At("docs", "lab.schema.json")));
        using var json = JsonDocument.Parse(Written(w => LabJson.Write(Report, w)));

        Assert.Empty(JsonSchema.Problems(schema.RootElement, json.RootElement));
    }

    /// <summary>Frozen by the format guestclock.lab/1.</summary>
    [Fact]
    public void A_cell_has_the_names_that_others_read()
    {
        using var json = JsonDocument.Parse(Written(w => LabJson.Write(Report, w)));
        var cell = json.RootElement.GetProperty("cells").EnumerateArray().First().EnumerateObject().Select(p => p.Name);

        Assert.Equal(
            ["scenario", "method", "runs", "timeTo100msS", "timeTo10msS", "timeTo1msS", "worstErrorMs", "residualMs", "refereeBoundMs", "claimedResidualMs",
                "claimedBoundMs", "proofS"],
            cell.Take(12));
    }

    [Fact]
    public void Samples_are_kept_as_they_were_taken() => Assert.Equal(
        "sinceBreakS,offsetNs,boundNs\n-1.000000,200000,100000\n0.010000,-20000000000,100000\n10.000000,-20000000000,100000\n20.000000,-20000100000,100000\n",
        Written(w => LabCsv.Write(Report.Cells[0].Runs[0], w)));

    [Fact]
    public void A_lab_that_was_stopped_before_its_first_run_still_says_so()
    {
        var empty = Report with { Cells = [] };

        Assert.Contains("stopped", Written(w => LabText.Write(empty, w, TextLayout.Plain)), StringComparison.Ordinal);
        Assert.Contains("stopped", Written(w => LabMarkdown.Write(empty, w)), StringComparison.Ordinal);
    }
}
