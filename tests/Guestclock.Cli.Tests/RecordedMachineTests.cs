using System.Text.Json.Nodes;
using Guestclock.Testing;

namespace Guestclock.Cli.Tests;

/// <summary>
/// Every machine below tests/machines was recorded together with the report of the live machine; judging the recording gives that report.
/// After a deliberate change of a check, GUESTCLOCK_UPDATE=1 writes the new reports, and the difference is reviewed.
/// </summary>
public class RecordedMachineTests
{
    private static readonly string Machines = Repository.At("tests", "machines");

    public static TheoryData<string> Names => [.. Directory.EnumerateDirectories(Machines).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    [Fact]
    public void There_are_at_least_ten() => Assert.True(Names.Count >= 10, $"{Names.Count} machines");

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_judged_as_it_was_live(string name)
    {
        var file = Path.Combine(Machines, name, ".guestclock", "report.json");
        var judged = Parse(Run.Of("check", "--format", "json", "--root", Path.Combine(Machines, name)).Out);
        var live = Parse(File.ReadAllText(file));
        Assert.Equal(("root", "live"), (judged["source"]!.ToString(), live["source"]!.ToString()));
        judged["source"] = "live";
        if (Environment.GetEnvironmentVariable("GUESTCLOCK_UPDATE") == "1")
            File.WriteAllText(file, judged.ToJsonString(new() { WriteIndented = true }) + "\n");
        else
            Assert.Equal(Lines(live), Lines(judged));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_format_and_the_facts_can_be_shown(string name)
    {
        var root = Path.Combine(Machines, name);
        foreach (var format in new[] { "text", "markdown", "plugin" })
            Assert.NotEmpty(Run.Of("check", "--format", format, "--verbose", "--root", root).Out);
        Assert.DoesNotContain(Run.Of("check", "--verbose", "--root", root).Out.Split('\n'), l => l.Length > 80 && !l.StartsWith("    ", StringComparison.Ordinal));
        Assert.NotNull(Parse(Run.Of("facts", "--root", root).Ends(0).Out)["facts"]);
    }

    private static JsonNode Parse(string json) => JsonNode.Parse(json)!;

    private static string[] Lines(JsonNode node) => node.ToJsonString(new() { WriteIndented = true }).Split('\n');
}
