using System.CommandLine;
using Guestclock.Cli.Configuration;
using Guestclock.Linux.Watching;

namespace Guestclock.Cli.Commands;

/// <summary>Every setting of watch as a flag; a flag goes before the file, the file before the default.</summary>
internal sealed class WatchOptions
{
    private readonly Option<string?> _config = new("--config") { Description = "Settings (YAML; docs/watch.md); flags go before it.", HelpName = "FILE" };

    private readonly IReadOnlyList<(WatchKey Key, Option<string[]> Flag)> _flags = [.. WatchKeys.All.Select(k => (k, Flag(k)))];

    public void AddTo(Command command)
    {
        command.Options.Add(_config);
        foreach (var (_, flag) in _flags)
            command.Options.Add(flag);
    }

    /// <summary>Reads the file, if one is named, and puts the flags over it.</summary>
    /// <exception cref="UsageException">The file or a flag is wrong.</exception>
    public WatchSettings Of(ParseResult parsed)
    {
        var settings = parsed.GetValue(_config) is { } file ? WatchFile.Read(file) : WatchSettings.Default;
        foreach (var (key, flag) in _flags)
        {
            if (parsed.GetResult(flag) is not { Implicit: false } given)
                continue;
            string[] values = [.. given.Tokens.Select(t => t.Value)];
            if (values.Length == 0 && key.IsSwitch)
                values = ["true"];
            settings = key.Set(settings, key.IsList ? values : values[^1..])
                ?? throw new UsageException($"{flag.Name} must be {key.Kind}, not '{string.Join(' ', values)}'");
        }

        return WatchKeys.Contradiction(settings) is { } sentence ? throw new UsageException(sentence) : settings;
    }

    private static Option<string[]> Flag(WatchKey key)
    {
        var flag = new Option<string[]>("--" + key.Name)
        {
            Description = key.Help,
            HelpName = key.IsSwitch ? null : key.ValueName,
            Arity = key.IsSwitch ? ArgumentArity.ZeroOrMore : ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = key.IsList,
        };
        if (key.Words.Count > 0)
            flag.CompletionSources.Add(_ => key.Words.Select(w => new System.CommandLine.Completions.CompletionItem(w)));
        return flag;
    }
}
