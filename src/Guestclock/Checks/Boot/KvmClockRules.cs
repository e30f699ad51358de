namespace Guestclock.Checks.Boot;

/// <summary>
/// <c>no-kvmclock</c>, <c>no-kvmclock-vsyscall</c> (arch/x86/kernel/kvmclock.c) and <c>nopv</c> (arch/x86/kernel/cpu/hypervisor.c).
/// </summary>
internal static class KvmClockRules
{
    public static IEnumerable<ParameterRemark> Judge(ParameterContext context)
    {
        if (context.Facts.Identity.Architecture.IsKnown && !context.Facts.IsX86)
            yield break;
        if (context.Arguments.Find("no-kvmclock") is { } off)
            yield return Off(context, off.Text, "");
        if (context.Arguments.Find("nopv") is { } nopv && context.Facts.IsGuest)
            yield return Off(context, nopv.Text, " with all other help of the hypervisor");
        if (context.Arguments.Find("no-kvmclock-vsyscall") is { } slow && context.IsKvmGuest)
            yield return new(CheckStatus.Info, slow.Text,
                $"'{slow.Text}' makes every reading of kvm-clock a system call; the time is right, only slow to read", slow.Text);
    }

    private static ParameterRemark Off(ParameterContext context, string text, string besides)
    {
        if (!context.Facts.Identity.Roles.IsKnown)
        {
            return new(CheckStatus.Unknown, text, $"'{text}' switches kvm-clock off if this machine is a KVM guest") { Assume = "role=ROLE" };
        }

        if (!context.IsKvmGuest)
            return new(CheckStatus.Info, text, $"'{text}' has no effect on kvm-clock here: this is no KVM guest");
        return context.TscIsInvariant == true
            ? new(CheckStatus.Warning, text, $"'{text}' switches off kvm-clock{besides}, and with it ptp_kvm; the clock rests on the "
                + "tsc alone and is wrong after a move to a host of another frequency", text)
            : new(CheckStatus.Critical, text,
                $"'{text}' switches off kvm-clock{besides}, and with it ptp_kvm, in a guest without a sound tsc", text);
    }
}
