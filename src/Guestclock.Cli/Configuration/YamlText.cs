using Guestclock.Formats;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Guestclock.Cli.Configuration;

/// <summary>A small YAML file, bounded in every direction; each mistake is a sentence that names its line.</summary>
/// <param name="path">Its name, for sentences.</param>
/// <param name="what">What it is, for sentences: "policy", "configuration".</param>
internal sealed class YamlText(string path, string what)
{
    private const int LimitBytes = 256 << 10;
    private const int LimitDepth = 8;

    /// <exception cref="UsageException">It cannot be read, or is too large.</exception>
    public string Read()
    {
        try
        {
            using var stream = File.OpenRead(path);
            var bytes = new byte[LimitBytes + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > LimitBytes)
                throw new UsageException($"{path}: a {what} is at most {LimitBytes >> 10} KiB");
            using var reader = new StreamReader(new MemoryStream(bytes, 0, length));
            return reader.ReadToEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"cannot read the {what}: {e.Message}", e);
        }
    }

    /// <summary>The entries of its top mapping; none of an empty file.</summary>
    /// <exception cref="UsageException">It is no YAML, or not a mapping.</exception>
    public IReadOnlyList<KeyValuePair<YamlNode, YamlNode>> Parse(string text, string expected)
    {
        try
        {
            CheckDepth(text);
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents.Count == 0 ? [] : [.. Entries(stream.Documents[0].RootNode, expected)];
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

    public IEnumerable<KeyValuePair<YamlNode, YamlNode>> Entries(YamlNode node, string expected) => node switch
    {
        YamlMappingNode mapping => mapping.Children,
        YamlScalarNode { Value: null or "" } => [],
        _ => throw Wrong(node, $"expected {expected}"),
    };

    public static string Text(YamlNode node) => (node as YamlScalarNode)?.Value ?? "";

    public UsageException Wrong(YamlNode node, string sentence) => new($"{path}:{node.Start.Line}: {sentence}");

    /// <param name="kind">What keys are called there: "key", "threshold".</param>
    public UsageException Unknown(YamlNode key, string kind, IEnumerable<string> known) =>
        Wrong(key, $"unknown {kind} {Text(key)}{Nearest.Hint(Text(key), known)}");

    /// <summary>The representation model is built by recursion: refuse what is nested deeper than any file of ours.</summary>
    private void CheckDepth(string text)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > LimitDepth)
                throw new UsageException($"{path}:{parser.Current.Start.Line}: nested deeper than any {what}");
            if (parser.Current is AnchorAlias)
                throw new UsageException($"{path}:{parser.Current.Start.Line}: a {what} has no aliases");
        }
    }
}
