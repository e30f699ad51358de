namespace Guestclock.Formats;

/// <summary>One option of a command line: its letter and its argument, or null.</summary>
public readonly record struct GetOptOption(char Letter, string? Argument);

/// <summary>A daemon's command line, read with the option string of its own getopt(3) call.</summary>
/// <param name="Operands">What is no option, in order.</param>
public sealed record GetOpt(IReadOnlyList<GetOptOption> Options, IReadOnlyList<string> Operands)
{
    /// <param name="arguments">Without the program's name.</param>
    /// <param name="letters">As for getopt(3): a letter with ':' after it takes an argument.</param>
    /// <param name="longNames">Long options, each with its letter: <c>slew=x</c>.</param>
    public static GetOpt Parse(IEnumerable<string> arguments, string letters, params IReadOnlyList<string> longNames)
    {
        var options = new List<GetOptOption>();
        var operands = new List<string>();
        char? waiting = null;
        var ended = false;
        foreach (var argument in arguments)
        {
            if (waiting is { } letter)
            {
                options.Add(new(letter, argument));
                waiting = null;
            }
            else if (ended || argument.Length < 2 || argument[0] != '-')
            {
                operands.Add(argument);
            }
            else if (argument == "--")
            {
                ended = true;
            }
            else
            {
                waiting = argument[1] == '-' ? Long(argument[2..], letters, longNames, options) : Short(argument, letters, options);
            }
        }

        return new(options, operands);
    }

    public bool Has(char letter) => Options.Any(o => o.Letter == letter);

    /// <summary>The argument of the last option of that letter, or null.</summary>
    public string? Argument(char letter) => Options.LastOrDefault(o => o.Letter == letter && o.Argument is not null).Argument;

    private static bool TakesArgument(char letter, string letters) =>
        letters.IndexOf(letter, StringComparison.Ordinal) is var at and >= 0 && at + 1 < letters.Length && letters[at + 1] == ':';

    private static char? Short(string argument, string letters, List<GetOptOption> options)
    {
        for (var i = 1; i < argument.Length; i++)
        {
            if (!TakesArgument(argument[i], letters))
            {
                options.Add(new(argument[i], null));
                continue;
            }

            if (i + 1 == argument.Length)
                return argument[i];
            options.Add(new(argument[i], argument[(i + 1)..]));
            break;
        }

        return null;
    }

    private static char? Long(string argument, string letters, IReadOnlyList<string> longNames, List<GetOptOption> options)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? argument : argument[..equals];
        var letter = longNames.FirstOrDefault(n => n.Length == name.Length + 2 && n.StartsWith(name + "=", StringComparison.Ordinal))?[^1];
        if (letter is not { } known)
            return null;
        if (equals < 0 && TakesArgument(known, letters))
            return known;
        options.Add(new(known, equals < 0 ? null : argument[(equals + 1)..]));
        return null;
    }
}
