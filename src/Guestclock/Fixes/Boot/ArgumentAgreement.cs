using Guestclock.Formats;
using Guestclock.Judging;
using Guestclock.Remedies;

namespace Guestclock.Fixes.Boot;

/// <summary>
/// What one finding's repair changes when others ask for kernel arguments too: nothing is written that another one takes away, and of two values
/// the one of boot-parameters counts, then that of the worse finding.
/// </summary>
internal static class ArgumentAgreement
{
    /// <summary>What is left of the finding's change; the rest is told to the user.</summary>
    public static ArgumentChange Of(FixContext context)
    {
        var own = context.Judged;
        var asked = own.Finding.Remedy!.Arguments!;
        var others = context.Judgement.Checks
            .Where(c => c.Check.Id != own.Check.Id && c.Waived is null && c.Finding.Remedy?.Arguments is not null
                && c.Finding.Status is Checks.CheckStatus.Warning or Checks.CheckStatus.Critical)
            .ToList();
        var add = new List<string>();
        foreach (var text in asked.Add)
        {
            var argument = KernelArgument.Parse(text);
            if (others.Find(o => Removes(o, argument) && !(IsFirst(own, o) && own.Check.Id == First)) is { } against)
                context.LeaveToUser($"{text} is not written into the boot configuration, because {against.Check.Id} takes it away");
            else if (others.Find(o => WantsOther(o, argument) is not null && !IsFirst(own, o)) is { } better)
                context.LeaveToUser($"{text} is not written into the boot configuration, because {better.Check.Id} wants {WantsOther(better, argument)}");
            else
                add.Add(text);
        }

        var remove = new List<string>();
        foreach (var text in asked.Remove)
        {
            var argument = KernelArgument.Parse(text);
            if (others.Find(o => Adds(o, argument) && o.Check.Id == First) is { } needs)
                context.LeaveToUser($"{text} stays, because {needs.Check.Id} needs it");
            else
                remove.Add(text);
        }

        return new(add, remove);
    }

    /// <summary>It knows the release's table and judges each argument by itself.</summary>
    private const string First = "boot-parameters";

    private static bool IsFirst(JudgedCheck a, JudgedCheck b) =>
        a.Check.Id == First || (b.Check.Id != First && (a.Finding.Status > b.Finding.Status
            || (a.Finding.Status == b.Finding.Status && string.CompareOrdinal(a.Check.Id, b.Check.Id) < 0)));

    private static bool Adds(JudgedCheck c, KernelArgument argument) =>
        c.Finding.Remedy!.Arguments!.Add.Select(KernelArgument.Parse).Any(a => Equal(a, argument));

    private static bool Removes(JudgedCheck c, KernelArgument argument) =>
        c.Finding.Remedy!.Arguments!.Remove.Select(KernelArgument.Parse).Any(a => Equal(a, argument));

    private static string? WantsOther(JudgedCheck c, KernelArgument argument) => argument.Value is null || argument.Is("tsc") ? null
        : c.Finding.Remedy!.Arguments!.Add.FirstOrDefault(a => KernelArgument.Parse(a) is var other && other.Is(argument.Name) && other.Value != argument.Value);

    private static bool Equal(KernelArgument a, KernelArgument b) => a.Is(b.Name) && a.Value == b.Value;
}
