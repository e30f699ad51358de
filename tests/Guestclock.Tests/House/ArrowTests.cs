using System.Xml.Linq;
using Guestclock.Testing;

namespace Guestclock.Tests.House;

/// <summary>Holds the arrows of docs/architecture.md: which project, and inside the core which folder, may use which.</summary>
public class ArrowTests
{
    private static readonly Dictionary<string, string[]> Projects = new(StringComparer.Ordinal)
    {
        ["Guestclock"] = [],
        ["Guestclock.Linux"] = ["Guestclock"],
        ["Guestclock.Lab"] = ["Guestclock", "Guestclock.Linux"],
        ["Guestclock.Cli"] = ["Guestclock", "Guestclock.Linux", "Guestclock.Lab"],
    };

    private static readonly Dictionary<string, string[]> Packages = new(StringComparer.Ordinal)
    {
        ["Guestclock"] = [],
        ["Guestclock.Linux"] = [],
        ["Guestclock.Lab"] = [],
        ["Guestclock.Cli"] = ["System.CommandLine", "YamlDotNet"],
    };

    /// <summary>Folders of the core, each with the folders that it may use.</summary>
    private static readonly Dictionary<string, string[]> Folders = new(StringComparer.Ordinal)
    {
        ["Json"] = [],
        ["Units"] = [],
        ["Formats"] = ["Units"],
        ["Protocols"] = ["Json", "Units", "Formats"],
        ["Facts"] = ["Json", "Units", "Formats", "Protocols"],
        ["Discipline"] = ["Json", "Units", "Formats", "Protocols", "Facts"],
        ["Stability"] = ["Json", "Units", "Formats"],
        ["Measuring"] = ["Json", "Units", "Formats", "Protocols", "Facts", "Checks", "Judging", "Discipline", "Stability"],
        ["Machines"] = ["Units", "Formats", "Facts"],
        ["Probes"] = ["Units", "Formats", "Protocols", "Facts", "Machines"],
        ["Remedies"] = ["Formats", "Facts"],
        ["Checks"] = ["Json", "Units", "Formats", "Protocols", "Facts", "Remedies"],
        ["Judging"] = ["Json", "Units", "Formats", "Facts", "Checks"],
        ["Trials"] = ["Json", "Units", "Formats", "Protocols", "Facts", "Checks", "Judging"],
        ["Fixes"] = ["Json", "Units", "Formats", "Facts", "Machines", "Probes", "Remedies", "Checks", "Judging"],
        ["Reports"] = ["Json", "Units", "Formats", "Protocols", "Discipline", "Stability", "Measuring", "Trials", "Facts", "Checks", "Judging", "Remedies", "Fixes"],
    };

    public static TheoryData<string> ProjectNames => [.. Projects.Keys];

    public static TheoryData<string> FolderNames => [.. Folders.Keys];

    [Theory]
    [MemberData(nameof(ProjectNames))]
    public void A_project_references_only_what_its_arrows_allow(string project)
    {
        var file = XDocument.Load(Repository.At("src", project, project + ".csproj"));
        var references = file.Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value));
        Assert.Empty(references.Except(Projects[project]));
        Assert.Empty(file.Descendants("PackageReference").Select(r => r.Attribute("Include")!.Value).Except(Packages[project]));
    }

    [Theory]
    [MemberData(nameof(FolderNames))]
    public void A_folder_of_the_core_uses_only_what_its_arrows_allow(string folder)
    {
        var wrong = new List<string>();
        foreach (var file in Directory.EnumerateFiles(Repository.At("src", "Guestclock", folder), "*.cs", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(file);
            foreach (var other in Folders.Keys.Where(f => f != folder && !Folders[folder].Contains(f)))
            {
                if (text.Contains($"using Guestclock.{other}", StringComparison.Ordinal) || text.Contains($"Guestclock.{other}.", StringComparison.Ordinal))
                    wrong.Add($"{Path.GetRelativePath(Repository.Root, file)} uses {other}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_folder_of_the_core_has_its_arrows() =>
        Assert.Equal(Folders.Keys.Order(StringComparer.Ordinal),
            Directory.EnumerateDirectories(Repository.At("src", "Guestclock")).Select(d => Path.GetFileName(d)!).Where(d => d is not ("bin" or "obj")).Order(StringComparer.Ordinal));

    [Fact]
    public void Only_the_rim_allows_unsafe_code() =>
        Assert.Equal(["Guestclock.Linux"], Projects.Keys.Where(p => File.ReadAllText(Repository.At("src", p, p + ".csproj")).Contains("AllowUnsafeBlocks", StringComparison.Ordinal)));
}
