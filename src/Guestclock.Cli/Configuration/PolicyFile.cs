using System.Globalization;
using Guestclock.Checks;
using Guestclock.Units;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Guestclock.Cli.Configuration;

/// <summary>A policy file (docs/policy.md): YAML with <c>thresholds</c> and <c>waivers</c>. Every mistake names the line and, for a wrong key, the nearest right one.</summary>
internal static class PolicyFile
{
    private const int LimitBytes = 256 << 10;
    private const int LimitDepth = 8;

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
        ["minimum-sources"] = ("a whole number from 0 to 64", (p, text) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n <= 64 ? p with { MinimumSources = n } : null),
    };

    public static IReadOnlyCollection<string> ThresholdNames => Thresholds.Keys;

    /// <exception cref="UsageException">The file cannot be read or is no policy.</exception>
    public static Policy Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            if (stream.Length > LimitBytes)
                throw new UsageException($"{path}: a policy is at most {LimitBytes >> 10} KiB");
            using var reader = new StreamReader(stream);
            return Parse(path, reader.ReadToEnd());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"cannot read the policy: {e.Message}", e);
        }
    }

    public static Policy Parse(string path, string text)
    {
        try
        {
            CheckDepth(path, text);
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count == 0)
                return Policy.Default;
            var policy = Policy.Default;
            foreach (var (key, value) in Entries(path, stream.Documents[0].RootNode, "a mapping with thresholds and waivers"))
            {
                policy = Text(key) switch
                {
                    "thresholds" => WithThresholds(path, policy, value),
                    "waivers" => policy with { Waivers = Waivers(path, value) },
                    var other => throw Wrong(path, key, $"unknown key {other}{Nearest.Hint(other, ["thresholds", "waivers"])}"),
                };
            }

            return policy;
        }
        catch (YamlException e)
        {
            throw new UsageException($"{path}:{e.Start.Line}: not YAML: {e.Message}", e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // The library's own way of refusing some texts.
            throw new UsageException($"{path}: not YAML: {e.Message}", e);
        }
    }

    private static Policy WithThresholds(string path, Policy policy, YamlNode node)
    {
        foreach (var (key, value) in Entries(path, node, "a mapping of thresholds"))
        {
            var name = Text(key);
            if (!Thresholds.TryGetValue(name, out var threshold))
                throw Wrong(path, key, $"unknown threshold {name}{Nearest.Hint(name, Thresholds.Keys)}");
            policy = threshold.Set(policy, Text(value)) ?? throw Wrong(path, value, $"{name} must be {threshold.Kind}, not '{Text(value)}'");
        }

        return policy;
    }

    private static List<Waiver> Waivers(string path, YamlNode node)
    {
        if (node is not YamlSequenceNode list)
            throw Wrong(path, node, "waivers must be a list");
        return list.Children.Select(item => OneWaiver(path, item)).ToList();
    }

    private static Waiver OneWaiver(string path, YamlNode item)
    {
        string? check = null, reason = null;
        DateOnly? until = null;
        foreach (var (key, value) in Entries(path, item, "a mapping with check, reason and until"))
        {
            switch (Text(key))
            {
                case "check":
                    check = Text(value);
                    break;
                case "reason":
                    reason = Text(value);
                    break;
                case "until":
                    until = DateOnly.TryParseExact(Text(value), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                        ? day : throw Wrong(path, value, $"until must be a day such as 2027-01-31, not '{Text(value)}'");
                    break;
                default:
                    throw Wrong(path, key, $"unknown key {Text(key)}{Nearest.Hint(Text(key), ["check", "reason", "until"])}");
            }
        }

        if (check is null || string.IsNullOrWhiteSpace(reason) || until is null)
            throw Wrong(path, item, "a waiver needs check, reason and until");
        return new(check, reason, until.Value);
    }

    private static IEnumerable<KeyValuePair<YamlNode, YamlNode>> Entries(string path, YamlNode node, string expected) => node switch
    {
        YamlMappingNode mapping => mapping.Children,
        YamlScalarNode { Value: null or "" } => [],
        _ => throw Wrong(path, node, $"expected {expected}"),
    };

    private static string Text(YamlNode node) => (node as YamlScalarNode)?.Value ?? "";

    private static UsageException Wrong(string path, YamlNode node, string what) => new($"{path}:{node.Start.Line}: {what}");

    /// <summary>The representation model is built by recursion: refuse what is nested deeper than any policy.</summary>
    private static void CheckDepth(string path, string text)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > LimitDepth)
                throw new UsageException($"{path}:{parser.Current.Start.Line}: nested deeper than any policy");
            if (parser.Current is AnchorAlias)
                throw new UsageException($"{path}:{parser.Current.Start.Line}: a policy has no aliases");
        }
    }

    private static (string, Func<Policy, string, Policy?>) Duration(Func<Policy, Nanoseconds, Policy> set) =>
        ("a duration such as 10ms or 1.5s", (policy, text) => DurationText.TryParse(text, out var d) ? set(policy, d) : null);

    private static (string, Func<Policy, string, Policy?>) Percent(Func<Policy, double, Policy> set) =>
        ("a percentage from 0 to 100", (policy, text) => double.TryParse(text.TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var p) && p <= 100
            ? set(policy, p) : null);
}
