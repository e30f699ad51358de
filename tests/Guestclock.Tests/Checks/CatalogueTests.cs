using Guestclock.Checks;
using Guestclock.Reports;
using Guestclock.Testing;

namespace Guestclock.Tests.Checks;

/// <summary>What holds for every check: its id is frozen, it has a page with the same headings, and it is listed once.</summary>
public class CatalogueTests
{
    private static readonly string[] Headings = ["## Looks at", "## Why it matters", "## What breaks", "## By hand", "## Sources"];

    /// <summary>Ids stand in reports, policies and links from outside: never change or reuse one; add new ones.</summary>
    private static readonly string[] FrozenIds =
    [
        "tsc-constant", "cstates-limited", "cpufreq-pinned", "tsc-nonstop", "tsc-stable", "tsc-synchronized", "clocksource-suitable", "clocksource-not-demoted",
        "kvm-clock-present", "boot-parameters", "boot-parameters-persist", "time-service-running", "time-service-enabled", "time-service-single",
        "clock-synchronized", "time-sources-reachable", "time-servers-answer", "step-policy", "rtc-synced", "phc-available", "phc-loaded-at-boot", "phc-refclock",
        "phc-selected", "vmclock-present", "guest-agent-running", "guest-agent-time-allowed", "steal-time", "kvm-usable", "kvm-stable-clock", "kvm-tsc-scaling",
        "guests-synced-on-resume", "domain-clock", "domain-timers", "domain-agent-channel", "domain-migratable-tsc", "xen-tsc-mode", "xen-wallclock", "windows-timer",
    ];

    public static TheoryData<string> Ids => [.. Catalogue.All.Select(c => c.Id)];

    [Fact]
    public void Ids_are_frozen() => Assert.Equal(FrozenIds.Order(StringComparer.Ordinal), Catalogue.All.Select(c => c.Id).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_check_class_is_in_the_catalogue() =>
        Assert.Equal(typeof(Check).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Check)) && !t.IsAbstract).Select(t => t.Name).Order(StringComparer.Ordinal),
            Catalogue.All.Select(c => c.GetType().Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Groups_stand_together() =>
        Assert.Equal(Catalogue.All.Select(c => c.Group).Distinct().Count(), Catalogue.All.Zip(Catalogue.All.Skip(1)).Count(p => p.First.Group != p.Second.Group) + 1);

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_class_is_named_after_the_id(string id) =>
        Assert.Equal(id.Replace("-", "", StringComparison.Ordinal), Catalogue.Find(id)!.GetType().Name.ToLowerInvariant());

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_page_has_the_title_and_the_headings(string id)
    {
        var check = Catalogue.Find(id)!;
        var lines = CheckPages.Text(check).Split('\n');
        Assert.Equal($"# {id}: {check.Title}", lines[0]);
        Assert.Equal(Headings, lines.Where(l => l.StartsWith("## ", StringComparison.Ordinal)));
        Assert.DoesNotContain(lines, l => l.Length > 140);
    }

    [Fact]
    public void No_page_is_left_over() =>
        Assert.Equal(Catalogue.All.Select(c => c.Id).Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Repository.At("docs", "checks"), "*.md").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal));
}
