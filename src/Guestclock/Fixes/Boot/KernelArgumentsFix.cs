using Guestclock.Checks.Boot;
using Guestclock.Judging;
using Guestclock.Remedies;

namespace Guestclock.Fixes.Boot;

/// <summary>
/// kernel-arguments: adds, changes and removes arguments wherever this machine's boot configuration has some, for the next boot and for new kernels.
/// </summary>
public sealed class KernelArgumentsFix : Fix
{
    // More than any finding asks for; a hostile image could ask for thousands.
    private const int MostArguments = 32;

    public override string Name => "kernel-arguments";

    public override string Title => "Changes kernel arguments in the boot configuration";

    public override IReadOnlyList<string> Checks { get; } =
    [
        "boot-parameters", "boot-parameters-persist", "cstates-limited", "tsc-nonstop", "tsc-stable", "kvm-clock-present", "clocksource-suitable",
        "clocksource-not-demoted", "phc-available",
    ];

    public override bool EditsBootFiles => true;

    public override bool Takes(JudgedCheck judged) => judged.Finding.Remedy?.Arguments is not null;

    public override void Plan(FixContext context)
    {
        var asked = context.Judged.Finding.Remedy!.Arguments!;
        if (asked.Add.Count + asked.Remove.Count > MostArguments)
            throw new FixRefusedException($"more than {MostArguments} kernel arguments would change; look at the boot configuration by hand");
        if (BootPlaces.AreNotUsed(context.Facts))
        {
            context.LeaveToUser("the hypervisor starts this guest's kernel and gives its arguments: change them there (<cmdline> of the libvirt domain)");
            return;
        }

        var agreed = ArgumentAgreement.Of(context);
        if (agreed.Add.FirstOrDefault(a => !IsPlain(a)) is { } odd)
            throw new FixRefusedException($"'{odd}' holds a character that boot loaders read in their own way; write it by hand");
        if (agreed.Add.Count + agreed.Remove.Count == 0)
            return;
        if (!PlanFor(context, agreed))
            context.LeaveToUser("no boot configuration that this program edits was found", context.Judged.Finding.Remedy.Commands);
        else if (context.Steps.Count + context.LeftToUser.Count == 0)
            context.LeaveToUser("the boot configuration is as it should be already; the running kernel follows at the next boot");
    }

    // Each says whether the machine boots by what it edits, also where nothing is left to change there.
    private static bool PlanFor(FixContext context, ArgumentChange change) =>
        LegacyBoot.Plan(context, change) | ModernBoot.Plan(context, change);

    // No quote, blank, '$', '#', ';' or backslash: the same text to a shell, to GRUB and to the kernel.
    private static bool IsPlain(string argument)
    {
        foreach (var c in argument)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !"_-./:=,+%@".Contains(c, StringComparison.Ordinal))
                return false;
        }

        return argument.Length > 0;
    }
}
