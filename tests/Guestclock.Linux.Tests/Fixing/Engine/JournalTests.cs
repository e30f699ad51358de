using Guestclock.Fixes.Runs;
using Guestclock.Formats;
using Guestclock.Linux.Fixing;
using Guestclock.Linux.Fixing.Journals;

namespace Guestclock.Linux.Tests.Fixing.Engine;

public class JournalTests
{
    [Fact]
    public void A_journal_reads_as_it_was_written()
    {
        using var bench = Scenario.Mixed.Set();
        bench.Apply(Scenario.Mixed.Plan);
        var bytes = File.ReadAllBytes(JournalOf(bench));
        Assert.Equal(bytes, JournalWriter.Write(JournalReader.Read(bytes)));
    }

    [Fact]
    public void A_journal_that_is_cut_off_anywhere_or_damaged_is_refused_with_a_sentence()
    {
        using var bench = Scenario.Linked.Set();
        bench.Apply(Scenario.Linked.Plan);
        var bytes = File.ReadAllBytes(JournalOf(bench));
        for (var length = 0; length < bytes.Length - 2; length++)
            Assert.Throws<MalformedInputException>(() => JournalReader.Read(bytes[..length]));
        var random = new Random(4);
        for (var i = 0; i < 3000; i++)
        {
            var damaged = (byte[])bytes.Clone();
            for (var n = random.Next(1, 4); n > 0; n--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                JournalReader.Read(damaged);
            }
            catch (MalformedInputException)
            {
                // That is what may be.
            }
        }
    }

    [Fact]
    public void A_damaged_journal_is_told_and_nothing_of_it_is_touched()
    {
        using var bench = Scenario.Replaced.Set();
        var run = bench.Apply(Scenario.Replaced.Plan);
        File.WriteAllText(JournalOf(bench), "{");
        var files = FilesOf(bench).ToList();
        using var engine = bench.Engine();
        Assert.Empty(engine.Runs());
        Assert.StartsWith($"the journal of run {run.Id} is damaged (", Assert.Single(engine.DamagedRuns()), StringComparison.Ordinal);
        foreach (var refused in new Action[]
        {
            () => bench.Apply(Workbench.Plan(Workbench.Create("/b", "x"))),
            () => bench.RollBack(),
        })
            Assert.StartsWith($"the journal of run {run.Id} is damaged (", Assert.Throws<FixEngineException>(refused).Message, StringComparison.Ordinal);
        Assert.Null(bench.Recover());
        Assert.Equal(files, FilesOf(bench));
        Assert.Equal("{", File.ReadAllText(JournalOf(bench)));
    }

    [Fact]
    public void A_folder_without_a_journal_is_not_taken_for_one_that_was_never_whole()
    {
        using var bench = Scenario.Replaced.Set();
        bench.Apply(Scenario.Replaced.Plan);
        var journal = JournalOf(bench);
        File.Delete(journal);
        using var engine = bench.Engine();
        Assert.Contains("no such file", Assert.Single(engine.DamagedRuns()), StringComparison.Ordinal);
        Assert.Null(bench.Recover());
        Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(journal)!, "old-0")));
    }

    [Fact]
    public void An_old_content_that_is_damaged_is_not_put_back()
    {
        using var bench = Scenario.Replaced.Set();
        var run = bench.Apply(Scenario.Replaced.Plan);
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(JournalOf(bench))!, "old-0"), "other");
        Assert.Contains("/old-0, is damaged", Assert.Throws<FixEngineException>(() => bench.RollBack()).Message, StringComparison.Ordinal);
        Assert.Equal("pool a\nmakestep 1 -1\n", bench.Text("/etc/chrony.conf"));
        var forced = bench.RollBack(run.Id, force: true);
        Assert.Equal((RunState.PartlyRolledBack, StepState.Left), (forced.State, forced.Steps[0].State));
    }

    [Fact]
    public void The_journal_is_on_disk_before_the_first_write_and_each_file_before_it_is_renamed()
    {
        using var bench = Scenario.Mixed.Set();
        var faults = Faults.None();
        bench.Apply(Scenario.Mixed.Plan, faults);
        const string fixes = "/var/lib/guestclock/fixes";
        var log = faults.Log;
        var begun = log.IndexOf($"rename {fixes}/20261121-133205");
        Assert.Equal($"sync {fixes}", log[begun + 1]);
        Assert.DoesNotContain(log.Take(begun), l => !l.Contains("/var", StringComparison.Ordinal) && l is not ("sync /" or "truncate lock" or "write lock"));
        foreach (var file in log.Take(begun).Where(l => l.StartsWith("create ", StringComparison.Ordinal) && !l.EndsWith("/lock", StringComparison.Ordinal)))
            Assert.Contains("sync" + file["create".Length..], log.Take(begun));
        for (var i = 0; i < log.Count; i++)
        {
            if (log[i].StartsWith("rename ", StringComparison.Ordinal))
                Assert.Equal($"sync {Path.GetDirectoryName(log[i]["rename ".Length..])}", log[i + 1]);
            if (log[i].StartsWith("rename /etc", StringComparison.Ordinal) || log[i].StartsWith("rename /boot", StringComparison.Ordinal) || log[i] == "rename /a")
                Assert.Equal("sync" + log[i]["rename".Length..], log[i - 1]);
        }
    }

    private static IEnumerable<string> FilesOf(Workbench bench) => Directory.GetFiles(Path.GetDirectoryName(JournalOf(bench))!).Order(StringComparer.Ordinal);

    private static string JournalOf(Workbench bench) => Directory.GetFiles(bench.Tree.At("/var/lib/guestclock/fixes"), "journal.json", SearchOption.AllDirectories).Single();
}
