using System.Globalization;
using Guestclock.Checks;
using Guestclock.Units;
using YamlDotNet.RepresentationModel;

namespace Guestclock.Cli.Configuration;

/// <summary>A policy file (docs/policy.md): YAML with <c>thresholds</c> and <c>waivers</c>. Every mistake names the line and, for a wrong key, the nearest right one.</summary>
internal static class PolicyFile
{
    /// <summary>Every threshold: how its text changes the policy. False: the value is not of its kind.</summary>
    private static readonly Dictionary<string, (string Kind, Func<Policy, string, Policy?> Set)> Thresholds = new(StringComparer.Ordinal)
    {
        ["offset-warning"] = Duration((p, v) => p with { OffsetWarning = v }),
        ["offset-critical"] = Duration((p, v) => p with { OffsetCritical = v }),
        ["root-distance-warning"] = Duration((p, v) => p with { RootDistanceWarning = v }),
        ["root-distance-critical"] = Duration((p, v) => p with { RootDistanceCritical = v }),
        ["rtc-offset-warning"] = Duration((p, v) => p with { RtcOffsetWarning = v }),
        ["phc-offset-warning"] = Duration((p, v) => p with { PhcOffsetWarning = v }),
        ["phc-offset-critical"] = Duration((p, v) => p with { PhcOffsetCritical = v }),
        ["steal-warning"] = Percent((p, v) => p with { StealWarningPercent = v }),
        ["steal-critical"] = Percent((p, v) => p with { StealCriticalPercent = v }),
        ["read-cost-warning"] = Duration((p, v) => p with { ReadCostWarning = v }),
        ["timer-lateness-warning"] = Duration((p, v) => p with { TimerLatenessWarning = v }),
        ["stall-warning"] = Duration((p, v) => p with { StallWarning = v }),
        ["rate-warning"] = PartsPerMillion((p, v) => p with { RateWarningPpm = v }),
        ["minimum-sources"] = ("a whole number from 0 to 64", (p, text) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n <= 64 ? p with { MinimumSources = n } : null),
    };

    public static IReadOnlyCollection<string> ThresholdNames => Thresholds.Keys;

    /// <exception cref="UsageException">The file cannot be read or is no policy.</exception>
    public static Policy Read(string path) => Parse(path, new YamlText(path, "policy").Read());

    public static Policy Parse(string path, string text)
    {
        var yaml = new YamlText(path, "policy");
        var policy = Policy.Default;
        foreach (var (key, value) in yaml.Parse(text, "a mapping with thresholds and waivers"))
        {
            policy = YamlText.Text(key) switch
            {
                "thresholds" => WithThresholds(yaml, policy, value),
                "waivers" => policy with { Waivers = Waivers(yaml, value) },
                _ => throw yaml.Unknown(key, "key", ["thresholds", "waivers"]),
            };
        }

        return policy;
    }

    private static Policy WithThresholds(YamlText yaml, Policy policy, YamlNode node)
    {
        foreach (var (key, value) in yaml.Entries(node, "a mapping of thresholds"))
        {
            var (name, text) = (YamlText.Text(key), YamlText.Text(value));
            if (!Thresholds.TryGetValue(name, out var threshold))
                throw yaml.Unknown(key, "threshold", Thresholds.Keys);
            policy = threshold.Set(policy, text) ?? throw yaml.Wrong(value, $"{name} must be {threshold.Kind}, not '{text}'");
        }

        return policy;
    }

    private static List<Waiver> Waivers(YamlText yaml, YamlNode node)
    {
        if (node is not YamlSequenceNode list)
            throw yaml.Wrong(node, "waivers must be a list");
        return list.Children.Select(item => OneWaiver(yaml, item)).ToList();
    }

    private static Waiver OneWaiver(YamlText yaml, YamlNode item)
    {
        string? check = null, reason = null;
        DateOnly? until = null;
        foreach (var (key, value) in yaml.Entries(item, "a mapping with check, reason and until"))
        {
            var text = YamlText.Text(value);
            switch (YamlText.Text(key))
            {
                case "check":
                    check = text;
                    break;
                case "reason":
                    reason = text;
                    break;
                case "until":
                    until = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                        ? day : throw yaml.Wrong(value, $"until must be a day such as 2027-01-31, not '{text}'");
                    break;
                default:
                    throw yaml.Unknown(key, "key", ["check", "reason", "until"]);
            }
        }

        if (check is null || string.IsNullOrWhiteSpace(reason) || until is null)
            throw yaml.Wrong(item, "a waiver needs check, reason and until");
        return new(check, reason, until.Value);
    }

    private static (string, Func<Policy, string, Policy?>) Duration(Func<Policy, Nanoseconds, Policy> set) =>
        ("a duration such as 10ms or 1.5s", (policy, text) => DurationText.TryParse(text, out var d) ? set(policy, d) : null);

    private static (string, Func<Policy, string, Policy?>) Percent(Func<Policy, double, Policy> set) =>
        ("a percentage from 0 to 100", (policy, text) => double.TryParse(text.TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var p) && p <= 100
            ? set(policy, p) : null);

    private static (string, Func<Policy, string, Policy?>) PartsPerMillion(Func<Policy, double, Policy> set) =>
        ("parts per million from 0 to 100000, such as 50ppm", (policy, text) =>
            double.TryParse(text.EndsWith("ppm", StringComparison.Ordinal) ? text.AsSpan()[..^3].TrimEnd() : text, NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture, out var p) && p <= 100_000 ? set(policy, p) : null);
}
