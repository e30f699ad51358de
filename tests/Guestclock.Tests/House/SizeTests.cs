using Guestclock.Testing;

namespace Guestclock.Tests.House;

/// <summary>Files are short enough to be read: median under 100 lines, none over 400.</summary>
public class SizeTests
{
    private static readonly List<(string File, int Lines)> Sources = Directory.EnumerateFiles(Repository.At("src"), "*.cs", SearchOption.AllDirectories)
        .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
        .Select(f => (Path.GetRelativePath(Repository.Root, f), File.ReadAllLines(f).Length)).OrderBy(f => f.Length).ToList();

    [Fact]
    public void No_source_file_is_longer_than_400_lines() => Assert.DoesNotContain(Sources, s => s.Lines > 400);

    [Fact]
    public void The_median_source_file_is_shorter_than_100_lines() => Assert.InRange(Sources[Sources.Count / 2].Lines, 1, 99);

    [Fact]
    public void No_source_folder_holds_more_than_25_files() =>
        Assert.Empty(Sources.GroupBy(s => Path.GetDirectoryName(s.File)).Where(g => g.Count() > 25).Select(g => $"{g.Key}: {g.Count()}"));
}
