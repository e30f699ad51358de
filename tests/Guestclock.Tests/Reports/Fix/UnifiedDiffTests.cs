using System.Diagnostics;
using Guestclock.Reports.Fix;

namespace Guestclock.Tests.Reports.Fix;

public class UnifiedDiffTests
{
    [Fact]
    public void Equal_texts_have_no_difference() => Assert.Empty(UnifiedDiff.Of("/a", "x\n", "x\n"));

    [Fact]
    public void A_changed_line_stands_between_three_lines_of_context() =>
        Assert.Equal(["--- a/etc/f", "+++ b/etc/f", "@@ -2,7 +2,7 @@", " 2", " 3", " 4", "-5", "+five", " 6", " 7", " 8"],
            UnifiedDiff.Of("/etc/f", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"));

    [Fact]
    public void A_new_file_comes_from_nowhere() =>
        Assert.Equal(["--- /dev/null", "+++ b/etc/f", "@@ -0,0 +1 @@", "+x"], UnifiedDiff.Of("/etc/f", null, "x\n"));

    [Fact]
    public void A_missing_last_line_end_is_marked() =>
        Assert.Equal(["--- a/f", "+++ b/f", "@@ -1 +1 @@", "-x", "\\ No newline at end of file", "+x"], UnifiedDiff.Of("/f", "x", "x\n"));

    [Fact]
    public void Patch_makes_the_new_file_from_the_old_one_and_the_difference()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/patch"), "patch is not installed");
        var folder = Directory.CreateTempSubdirectory("guestclock-diff-").FullName;
        try
        {
            var random = new Random(1);
            for (var run = 0; run < 60; run++)
            {
                var before = Text(random, run % 40);
                var after = Changed(random, before);
                var lines = UnifiedDiff.Of("/f", before, after);
                if (lines.Count == 0)
                    continue;
                File.WriteAllText(Path.Combine(folder, "f"), before);
                File.WriteAllText(Path.Combine(folder, "f.diff"), string.Concat(lines.Select(l => l + "\n")));
                using var patch = Process.Start(new ProcessStartInfo("/usr/bin/patch", ["--binary", "-s", "-f", "-p1", "-i", "f.diff"]) { WorkingDirectory = folder, RedirectStandardOutput = true, UseShellExecute = false })!;
                var said = patch.StandardOutput.ReadToEnd();
                patch.WaitForExit();
                Assert.True(patch.ExitCode == 0, said + string.Join('\n', lines));
                Assert.Equal(after, File.Exists(Path.Combine(folder, "f")) ? File.ReadAllText(Path.Combine(folder, "f")) : "");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Text(Random random, int lines) =>
        string.Concat(Enumerable.Range(0, lines).Select(_ => $"line {random.Next(6)}{(random.Next(9) == 0 ? "\r" : "")}\n")) + (random.Next(3) == 0 ? "end" : "");

    private static string Changed(Random random, string text)
    {
        var lines = text.Split('\n').ToList();
        for (var i = random.Next(6); i >= 0 && lines.Count > 0; i--)
        {
            var at = random.Next(lines.Count);
            if (random.Next(2) == 0)
                lines.Insert(at, $"new {random.Next(4)}");
            else
                lines.RemoveAt(at);
        }

        return string.Join('\n', lines);
    }
}
