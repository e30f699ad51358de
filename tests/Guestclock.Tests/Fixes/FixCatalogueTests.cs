using Guestclock.Checks;
using Guestclock.Fixes;
using Guestclock.Reports;
using Guestclock.Testing;

namespace Guestclock.Tests.Fixes;

public class FixCatalogueTests
{
    public static TheoryData<string> Names => [.. FixCatalogue.All.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_repair_has_a_page_in_the_usual_form(string name)
    {
        var fix = FixCatalogue.Find(name)!;
        var page = CheckPages.Text(fix);
        Assert.StartsWith($"# {fix.Name}: {fix.Title}\n", page, StringComparison.Ordinal);
        var at = 0;
        foreach (var heading in new[] { "## Changes", "## Why", "## Undo", "## By hand", "## Sources" })
        {
            var next = page.IndexOf($"\n{heading}\n", at, StringComparison.Ordinal);
            Assert.True(next >= at, $"{name}: {heading} is missing or out of order");
            at = next;
        }

        Assert.All(fix.Checks, id => Assert.Contains(id, page, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_repair_names_checks_that_there_are(string name) =>
        Assert.All(FixCatalogue.Find(name)!.Checks, id => Assert.NotNull(Catalogue.Find(id)));

    [Fact]
    public void No_page_is_left_over_and_no_name_is_a_checks_unless_it_repairs_it()
    {
        var pages = Directory.EnumerateFiles(Repository.At("docs", "fixes"), "*.md").Select(f => Path.GetFileNameWithoutExtension(f)!);
        Assert.Empty(pages.Except(FixCatalogue.All.Select(f => f.Name)));
        Assert.Equal(FixCatalogue.All.Count, FixCatalogue.All.Select(f => f.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.All(FixCatalogue.All, f => Assert.True(Catalogue.Find(f.Name) is null || f.Checks.Contains(f.Name)));
    }
}
