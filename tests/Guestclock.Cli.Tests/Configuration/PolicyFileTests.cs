using Guestclock.Checks;
using Guestclock.Cli.Configuration;
using Guestclock.Testing;
using Guestclock.Units;

namespace Guestclock.Cli.Tests.Configuration;

public class PolicyFileTests
{
    [Fact]
    public void Reads_thresholds_and_waivers()
    {
        var policy = PolicyFile.Parse("p.yaml", """
            thresholds:
              offset-warning: 2ms
              steal-warning: 5%
              minimum-sources: 3
              rate-warning: 12.5 ppm
            waivers:
              - check: rtc-synced
                reason: no RTC here
                until: 2027-01-31
            """);
        Assert.Equal(Nanoseconds.FromMilliseconds(2), policy.OffsetWarning);
        Assert.Equal((5.0, 3), (policy.StealWarningPercent, policy.MinimumSources));
        Assert.Equal(12.5, policy.RateWarningPpm);
        Assert.Equal(new Waiver("rtc-synced", "no RTC here", new(2027, 1, 31)), Assert.Single(policy.Waivers));
        Assert.Equal(Policy.Default.OffsetCritical, policy.OffsetCritical);
    }

    [Theory]
    [InlineData("threshold:\n  offset-warning: 2ms", "p.yaml:1: unknown key threshold (did you mean thresholds?)")]
    [InlineData("thresholds:\n  ofset-warning: 2ms", "p.yaml:2: unknown threshold ofset-warning (did you mean offset-warning?)")]
    [InlineData("thresholds:\n  offset-warning: soon", "p.yaml:2: offset-warning must be a duration such as 10ms or 1.5s, not 'soon'")]
    [InlineData("thresholds:\n  steal-warning: 200", "percentage")]
    [InlineData("thresholds:\n  rate-warning: fast", "p.yaml:2: rate-warning must be parts per million from 0 to 100000, such as 50ppm, not 'fast'")]
    [InlineData("thresholds:\n  rate-warning: -1ppm", "parts per million")]
    [InlineData("waivers: rtc-synced", "waivers must be a list")]
    [InlineData("waivers:\n- check: rtc-synced", "p.yaml:2: a waiver needs check, reason and until")]
    [InlineData("waivers:\n- check: rtc-synced\n  reason: x\n  until: someday", "p.yaml:4: until must be a day")]
    [InlineData("- a list", "p.yaml:1: expected a mapping")]
    [InlineData("a: [", "not YAML")]
    [InlineData("a: &x [1]\nb: *x", "no aliases")]
    public void A_mistake_names_line_and_remedy(string text, string says) =>
        Assert.Contains(says, Assert.Throws<UsageException>(() => PolicyFile.Parse("p.yaml", text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Deep_nesting_is_refused() => Assert.Throws<UsageException>(() => PolicyFile.Parse("p.yaml", new string('[', 100_000)));

    [Fact]
    public void An_empty_file_is_the_default() => Assert.Equal(Policy.Default, PolicyFile.Parse("p.yaml", "# nothing\n"));

    [Fact]
    public void The_documented_example_is_the_default()
    {
        var page = File.ReadAllText(Repository.At("docs", "policy.md"));
        var yaml = page.Split("```yaml\n")[1].Split("```")[0];
        Assert.Equal(Policy.Default, PolicyFile.Parse("policy.md", yaml) with { Waivers = [] });
        Assert.All(PolicyFile.ThresholdNames, name => Assert.Contains($"  {name}: ", yaml, StringComparison.Ordinal));
    }

    [Fact]
    public void Any_text_is_a_policy_or_one_sentence() => Fuzz.Text(["thresholds:\n  offset-warning: 2ms\nwaivers:\n  - {check: a, reason: b, until: 2027-01-01}\n"], text =>
    {
        try
        {
            PolicyFile.Parse("p.yaml", text);
        }
        catch (UsageException)
        {
            // One sentence: that is right.
        }
    }, 500);

    [Fact]
    public void A_missing_file_is_a_sentence() => Assert.Contains("policy", Run.Of("check", "--policy", "/no/such/policy.yaml").Ends(64).Error, StringComparison.Ordinal);
}
