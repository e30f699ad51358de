using System.CommandLine;
using Guestclock.Units;

namespace Guestclock.Cli.Commands;

/// <summary>An option whose value is a duration with its unit, such as <c>10ms</c>.</summary>
internal static class DurationOption
{
    public static Option<Nanoseconds?> Create(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "DURATION",
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (DurationText.TryParse(text, out var duration))
                return duration;
            result.AddError($"{name} {text}: give a duration with its unit, such as 250us, 10ms or 1.5s");
            return null;
        },
    };
}
