using Guestclock.Linux.Watching;
using YamlDotNet.RepresentationModel;

namespace Guestclock.Cli.Configuration;

/// <summary>The configuration of <c>guestclock watch</c> (docs/watch.md): YAML, one key a setting. Every mistake names its line and what is right.</summary>
internal static class WatchFile
{
    /// <exception cref="UsageException">The file cannot be read or is no configuration.</exception>
    public static WatchSettings Read(string path) => Parse(path, new YamlText(path, "configuration").Read());

    public static WatchSettings Parse(string path, string text)
    {
        var yaml = new YamlText(path, "configuration");
        var settings = WatchSettings.Default;
        foreach (var (key, value) in yaml.Parse(text, "a mapping of settings such as 'within: 10ms'"))
        {
            if (WatchKeys.Find(YamlText.Text(key)) is not { } known)
                throw yaml.Unknown(key, "key", WatchKeys.Names);
            settings = known.Set(settings, Values(yaml, known, value))
                ?? throw yaml.Wrong(value, $"{known.Name} must be {known.Kind}, not {Shown(value)}");
        }

        return settings;
    }

    /// <summary>A list may also be one value; no value is an empty list.</summary>
    private static IReadOnlyList<string> Values(YamlText yaml, WatchKey key, YamlNode node) => node switch
    {
        YamlSequenceNode list when key.IsList => [.. list.Children.Select(c => c is YamlScalarNode { Value: { Length: > 0 } text } ? text
            : throw yaml.Wrong(c, $"{key.Name} must be {key.Kind}, not {Shown(c)}"))],
        YamlScalarNode { Value: null or "" } when key.IsList => [],
        YamlScalarNode { Value: { } text } => [text],
        _ => throw yaml.Wrong(node, $"{key.Name} must be {key.Kind}, not {Shown(node)}"),
    };

    private static string Shown(YamlNode node) => node switch
    {
        YamlScalarNode { Value: var text } => $"'{(text is { Length: > 60 } ? text[..60] + "…" : text)}'",
        YamlSequenceNode => "a list",
        _ => "a mapping",
    };
}
