using System.CommandLine;
using System.CommandLine.Parsing;
using Guestclock.Formats;

namespace Guestclock.Cli.Commands;

/// <summary>What is wrong with a command line, in one sentence that says what is right.</summary>
internal static class UsageText
{
    public static string Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (parsed.UnmatchedTokens is [var word, ..])
            return Unmatched(command, word);
        var error = parsed.Errors[0];
        return error.SymbolResult switch
        {
            OptionResult option => OfOption(option.Option.Name, option.Tokens, error),
            ArgumentResult { Parent: OptionResult option } => OfOption(option.Option.Name, option.Tokens, error),
            ArgumentResult { Tokens: [var token, ..] } when Choices(error) is { } choices => $"'{token.Value}' is not one of {choices}",
            CommandResult or ArgumentResult when command.Arguments is [var argument, ..] => $"{command.Name} needs {argument.Name}: {argument.Description}",
            _ => error.Message,
        };
    }

    private static string Unmatched(Command command, string word)
    {
        if (word.StartsWith('-'))
            return $"there is no option {word}{Nearest.Hint(word, command.Options.Select(o => o.Name))}";
        return command.Subcommands.Count > 0
            ? $"there is no command {word}{Nearest.Hint(word, command.Subcommands.Select(c => c.Name))}"
            : $"'{word}' is one word too many";
    }

    private static string OfOption(string name, IReadOnlyList<Token> tokens, ParseError error) =>
        tokens.Count == 0 ? $"{name} needs a value"
        : Choices(error) is { } choices ? $"{name} {tokens[^1].Value}: must be one of {choices}"
        : error.Message;

    /// <summary>The library lists the words that it would have taken on lines of their own, in quotes.</summary>
    private static string? Choices(ParseError error)
    {
        var lines = error.Message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.Length < 2 ? null : string.Join(", ", lines.Skip(1).Select(l => l.Trim('\'')));
    }
}
