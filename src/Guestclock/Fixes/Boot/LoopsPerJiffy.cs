using Guestclock.Checks.Boot;
using Guestclock.Formats;
using Guestclock.Formats.Editing;
using Guestclock.Remedies;

namespace Guestclock.Fixes.Boot;

/// <summary>
/// <c>lpj=</c> among the arguments that are to change: only ever a number that this machine's kernel calibrated, since a wrong one makes every
/// delay of every driver wrong.
/// </summary>
internal static class LoopsPerJiffy
{
    /// <summary>The change without an lpj that is no number; says how to find the number where the table asks for it and it is not known.</summary>
    public static ArgumentChange Checked(FixContext context, ArgumentChange change)
    {
        var numbers = change.Add.Where(a => Is(a) && LpjRules.IsNumber(KernelArgument.Parse(a).Value)).ToList();
        if (numbers.Count == 0 && IsWanted(context))
        {
            context.LeaveToUser("lpj= takes the number that this machine's kernel calibrates, which is not known: boot once without lpj=, then run "
                + "the repair again", "dmesg | grep 'Calibrating delay'", "guestclock fix --assume host-constant-tsc=no --only boot-parameters");
        }

        return change with { Add = [.. change.Add.Where(a => !Is(a) || numbers.Contains(a, StringComparer.Ordinal))] };
    }

    public static ArgumentChange Without(ArgumentChange change) => change with { Add = [.. change.Add.Where(a => !Is(a))] };

    /// <summary>For one kernel: that of Xen counts other jiffies than the one that calibrated.</summary>
    public static ArgumentChange Of(ArgumentChange change, string kernel) =>
        kernel.Contains("xen", StringComparison.OrdinalIgnoreCase) ? Without(change) : change;

    public static string Apply(this ArgumentChange change, string line) => KernelLine.Change(line, change.Add, change.Remove);

    private static bool Is(string argument) => KernelArgument.Parse(argument).Is("lpj");

    private static bool IsWanted(FixContext context)
    {
        var facts = context.Facts;
        if (context.Judged.Check.Id != "boot-parameters" || facts.Assumed.HostConstantTsc != false)
            return false;
        var line = facts.Clock.CommandLine.TryGet(out var running) ? running : facts.Boot.DefaultEntry?.Arguments;
        return line is not null && !LpjRules.IsNumber(line.Value("lpj"))
            && new ParameterContext(facts, line) is { CalibratedLpj: null } parameters && parameters.TableAsksFor("lpj=");
    }
}
