using System.Text.Json;
using System.Text.Json.Nodes;
using Guestclock.Testing;

namespace Guestclock.EndToEnd;

public sealed class PublishedBinaryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("guestclock-binary-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Is_one_file_that_needs_nothing_beside_it()
    {
        var alone = Path.Combine(_folder, "guestclock");
        File.Copy(Binary.Path, alone);
        (await Binary.RunProgramAsync(alone, ["--version"], _folder, bareEnvironment: true)).Ends(0);
        Assert.Equal([alone], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Judges_this_machine_and_holds_to_its_schema()
    {
        var run = (await Binary.RunAsync(["check", "--format", "json"])).Ends(0, 1, 2, 3);
        using var schema = JsonDocument.Parse(await File.ReadAllTextAsync(Repository.At("docs", "report.schema.json")));
        using var report = JsonDocument.Parse(run.Out);
        Assert.Empty(JsonSchema.Problems(schema.RootElement, report.RootElement));
        var status = report.RootElement.GetProperty("verdict").GetProperty("status").GetString();
        Assert.Equal(run.ExitCode, Array.IndexOf(["ok", "warning", "critical", "unknown"], status));
    }

    [Theory]
    [InlineData("machine.tar.gz")]
    [InlineData("machine")]
    public async Task A_recording_gives_the_findings_of_the_live_machine(string name)
    {
        var recording = Path.Combine(_folder, name);
        (await Binary.RunAsync(["record", recording])).Ends(0);
        var live = Findings((await Binary.RunAsync(["check", "--format", "json"])).Out);
        var replayed = Findings((await Binary.RunAsync(["check", "--format", "json", "--root", recording])).Out);
        Assert.Equal(live, replayed);
        (await Binary.RunAsync(["facts", "--root", recording])).Ends(0);
    }

    [Fact]
    public async Task A_recording_is_never_overwritten()
    {
        var recording = Path.Combine(_folder, "machine.tar.gz");
        await File.WriteAllTextAsync(recording, "precious");
        (await Binary.RunAsync(["record", recording])).Ends(64);
        Assert.Equal("precious", await File.ReadAllTextAsync(recording));
    }

    /// <summary>Verdict and, of every check, status, summary and remedy: what must not depend on the moment of reading.</summary>
    private static List<string> Findings(string json)
    {
        var report = JsonNode.Parse(json)!;
        var list = report["checks"]!.AsArray().Select(c => $"{c!["id"]} {c["status"]} {Digits(c["summary"]!.ToString())} {c["remedy"]?["summary"]}").ToList();
        list.Add($"{report["verdict"]!["status"]} {report["verdict"]!["firstBrokenLink"]}");
        list.Add(report["machine"]!.ToJsonString());
        return list;
    }

    /// <summary>Measured numbers differ between two readings of a running machine.</summary>
    private static string Digits(string text) => string.Concat(text.Select(c => char.IsAsciiDigit(c) ? '#' : c)).Replace("##", "#", StringComparison.Ordinal).Replace("##", "#", StringComparison.Ordinal);
}
