using System.Text;
using System.Text.Json.Nodes;
using Guestclock.Fixes.Runs;
using Guestclock.Formats;
using Guestclock.Linux.Fixing;
using Guestclock.Linux.Fixing.Journals;

namespace Guestclock.Linux.Tests.Fixing.Engine;

/// <summary>Journals that somebody made up: those of an image are whoever's that made the image.</summary>
public class HostileJournalTests
{
    [Theory]
    [InlineData("""{"mode":""}""")]
    [InlineData("""{"mode":"-1"}""")]
    [InlineData("""{"mode":null}""")]
    [InlineData("""{"mode":"99"}""")]
    [InlineData("""{"kind":"link","target":""}""")]
    [InlineData("""{"kind":"link","target":"a\u0000b"}""")]
    public void What_stood_there_before_cannot_be_made_up(string changed) => AssertMalformed(journal =>
    {
        foreach (var (name, value) in JsonNode.Parse(changed)!.AsObject())
            journal["steps"]![0]!["entries"]![0]!["before"]![name] = value?.DeepClone();
    });

    [Fact]
    public void An_attribute_twice_is_damage()
    {
        using var bench = Applied();
        var text = File.ReadAllText(JournalOf(bench)).Replace("\"attributes\": {", "\"attributes\": {\"user.a\":\"AA==\",\"user.a\":\"AA==\"", StringComparison.Ordinal);
        Assert.Throws<MalformedInputException>(() => JournalReader.Read(Encoding.UTF8.GetBytes(text)));
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_number_after_which_there_is_no_next_one_is_damage(long number) => AssertMalformed(journal => journal["sequence"] = number);

    [Fact]
    public void More_steps_than_a_plan_has_are_damage() => AssertMalformed(journal =>
    {
        var steps = journal["steps"]!.AsArray();
        for (var i = 0; i < Journal.MostSteps; i++)
            steps.Add(steps[0]!.DeepClone());
    });

    [Fact]
    public void A_step_of_a_newer_kind_is_never_said_to_be_undone() => AssertMalformed(journal => journal["steps"]![0]!["registry"] = new JsonObject());

    [Fact]
    public void A_step_that_does_nothing_is_none() => AssertMalformed(journal => journal["steps"]![0]!["entries"] = new JsonArray());

    [Fact]
    public void Words_that_a_newer_version_adds_do_no_harm()
    {
        using var bench = Applied();
        Change(bench, journal => (journal["host"], journal["steps"]![0]!["tookMs"]) = ("a", 5));
        Assert.Equal(RunState.RolledBack, bench.RollBack().State);
    }

    /// <summary>/run, /dev, /proc and /sys of a chroot are mostly those of the running machine.</summary>
    [Theory]
    [InlineData("/run/systemd/system/x.service")]
    [InlineData("/dev/shm/x")]
    [InlineData("/proc/sys/kernel/core_pattern")]
    [InlineData("/sys/x/y")]
    public void Nothing_is_put_back_to_where_a_chroot_has_the_running_machine(string path)
    {
        using var bench = Applied();
        var folder = Path.GetDirectoryName(bench.Tree.At(path))!;
        Directory.CreateDirectory(folder);
        Change(bench, journal =>
        {
            journal["steps"]![0]!["entries"]![0]!["path"] = path;
            journal["steps"]![0]!["entries"]![0]!["after"] = new JsonObject { ["kind"] = "absent" };
            journal["state"] = "undoing";
            journal["folders"] = new JsonArray(Path.GetDirectoryName(path));
        });
        var run = bench.Recover()!;
        Assert.Equal(RunState.PartlyRolledBack, run.State);
        Assert.Contains("belongs to the running machine", run.Steps[0].Why, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    private static Workbench Applied()
    {
        var bench = Scenario.Replaced.Set();
        bench.Apply(Scenario.Replaced.Plan);
        return bench;
    }

    private static void AssertMalformed(Action<JsonNode> change)
    {
        using var bench = Applied();
        Change(bench, change);
        Assert.Throws<MalformedInputException>(() => JournalReader.Read(File.ReadAllBytes(JournalOf(bench))));
        Assert.Contains("is damaged", Assert.Throws<FixEngineException>(() => bench.RollBack()).Message, StringComparison.Ordinal);
    }

    private static void Change(Workbench bench, Action<JsonNode> change)
    {
        var journal = JsonNode.Parse(File.ReadAllText(JournalOf(bench)))!;
        change(journal);
        File.WriteAllText(JournalOf(bench), journal.ToJsonString());
    }

    private static string JournalOf(Workbench bench) => Directory.GetFiles(bench.Tree.At("/var/lib/guestclock/fixes"), "journal.json", SearchOption.AllDirectories).Single();
}
