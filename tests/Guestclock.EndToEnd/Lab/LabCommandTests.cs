using System.Text.Json;
using System.Xml.Linq;
using Guestclock.Testing;

namespace Guestclock.EndToEnd.Lab;

/// <summary>The published program runs a lab of one cell on a real guest.</summary>
public sealed class LabCommandTests
{
    [Fact]
    public async Task A_cell_is_broken_watched_and_reported()
    {
        var folder = Directory.CreateTempSubdirectory("lab-");
        try
        {
            var run = await Binary.RunAsync(
                ["lab", "--scenario", "pause", "--method", "agent-blind", "--error", "3s", "--observe", "3s", "--format", "json", "--output", folder.FullName], limitS: 300);
            if (run.ExitCode == 3)
                Assert.Skip(run.Error);
            run.Ends(0);
            using var schema = JsonDocument.Parse(await File.ReadAllTextAsync(Repository.At("docs", "lab.schema.json")));
            using var json = JsonDocument.Parse(run.Out);

            Assert.Empty(JsonSchema.Problems(schema.RootElement, json.RootElement));
            Assert.Contains("[1/1] pause × agent-blind", run.Error, StringComparison.Ordinal);
            var cell = json.RootElement.GetProperty("cells")[0];
            Assert.InRange(cell.GetProperty("worstErrorMs").GetDouble(), -4500, -2500);
            Assert.InRange(Math.Abs(cell.GetProperty("residualMs").GetDouble()), 0, 1000);
            Assert.InRange(cell.GetProperty("refereeBoundMs").GetDouble(), 0.001, 50);
            Assert.InRange(Math.Abs(json.RootElement.GetProperty("runs")[0].GetProperty("errorBeforeMs").GetDouble()), 0, 50);
            Assert.Equal(JsonValueKind.Null, cell.GetProperty("proofS").ValueKind);
            Assert.Equal(run.Out, await File.ReadAllTextAsync(Path.Combine(folder.FullName, "lab.json")));
            var csv = await File.ReadAllLinesAsync(Path.Combine(folder.FullName, "pause.agent-blind.1.csv"));
            Assert.InRange(csv.Length, 30, 300);
            Assert.NotEmpty(XDocument.Load(Path.Combine(folder.FullName, "lab.svg")).Descendants("{http://www.w3.org/2000/svg}polyline"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
