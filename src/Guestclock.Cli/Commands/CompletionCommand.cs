using System.CommandLine;

namespace Guestclock.Cli.Commands;

/// <summary><c>guestclock completion SHELL</c>: a script that asks the program itself for suggestions.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _guestclock() {
            local IFS=$'\n' word="${COMP_LINE:0:COMP_POINT}"
            word="${word##* }"
            COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "$word"))
            # The shell begins a new word at a colon, and has what stands before it already.
            [[ $COMP_WORDBREAKS != *:* ]] || COMPREPLY=("${COMPREPLY[@]#"${word%"${word##*:}"}"}")
        }
        complete -o default -F _guestclock guestclock
        """;

    private const string Zsh = """
        #compdef guestclock
        _guestclock() {
            local -a found
            found=("${(@f)$("${words[1]}" "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
            compadd -- $found || _files
        }
        compdef _guestclock guestclock
        """;

    private const string Fish = """
        function __guestclock_complete
            set -l line (commandline -cp)
            set -l found (guestclock "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null | string match -rv '^$')
            if test (count $found) -gt 0
                printf '%s\n' $found
            else
                __fish_complete_path (commandline -ct)
            end
        end
        complete -c guestclock -f -a '(__guestclock_complete)'
        """;

    public static Command Create(CommandContext context)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completion", "Prints a script that completes commands, options and check ids in your shell.") { shell };
        command.SetAction(parsed =>
        {
            context.Stdout.WriteLine(parsed.GetValue(shell) switch { "bash" => Bash, "zsh" => Zsh, _ => Fish });
            return ExitCodes.Ok;
        });
        return command;
    }
}
