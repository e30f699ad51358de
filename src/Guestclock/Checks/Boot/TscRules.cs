using Guestclock.Facts;

namespace Guestclock.Checks.Boot;

/// <summary><c>notsc</c> and <c>tsc=</c> (arch/x86/kernel/tsc.c).</summary>
internal static class TscRules
{
    private static readonly string[] Known = ["reliable", "noirqtime", "unstable", "nowatchdog", "recalibrate", "watchdog"];

    public static IEnumerable<ParameterRemark> Judge(ParameterContext context)
    {
        if (context.Arguments.Has("notsc") && !context.TableAsksFor("notsc"))
            yield return WithoutTsc(context, "notsc", context.Kernel is null or >= 4019
                ? "it marks the TSC unstable (before kernel 4.19: it is not used at all)"
                : "it keeps this kernel from using the TSC");
        foreach (var argument in context.Arguments.All)
        {
            if (!argument.Is("tsc") || argument.Value is null)
                continue;
            foreach (var remark in Value(context, argument.Text, argument.Value))
                yield return remark;
        }
    }

    private static IEnumerable<ParameterRemark> Value(ParameterContext context, string text, string value)
    {
        if (value == "unstable")
            yield return WithoutTsc(context, text, "it marks the TSC unstable");
        else if (value is "reliable" or "nowatchdog" && context.TscIsInvariant == false)
            yield return new(CheckStatus.Warning, text, $"'{text}' switches off the kernel's watch over the TSC, and this TSC is not "
                + "both constant and nonstop: nothing will notice when it is wrong", text);
        else if (value is "reliable" or "nowatchdog" && context.Facts.IsHost)
            yield return new(CheckStatus.Info, text, $"'{text}' switches off the kernel's watch over the TSC; that is right only "
                + "where the firmware keeps the TSCs of all sockets equal");
        else if (!Known.Contains(value, StringComparer.Ordinal))
            yield return new(CheckStatus.Info, text, $"'{text}' is ignored: the kernel knows no such value", text);
    }

    private static ParameterRemark WithoutTsc(ParameterContext context, string text, string effect)
    {
        if (context.Facts.Has(Role.KvmHost) && context.TscIsInvariant != false)
            return new(CheckStatus.Warning, text,
                $"'{text}' harms this host: {effect}, so KVM's guests lose their stable clock and ptp_kvm", text);
        if (context.TscIsInvariant == false)
            return new(CheckStatus.Info, text, $"'{text}' does no harm: {effect}, which is not constant and nonstop here anyway");
        if (context.IsKvmGuest && context.PvClock == true)
            return new(CheckStatus.Info, text, $"'{text}' is left over: {effect}; kvm-clock still keeps the time", text);
        if (context.IsKvmGuest && context.TscIsInvariant == true)
            return new(CheckStatus.Warning, text,
                $"'{text}' harms this guest: {effect}, and without kvm-clock only slow clock sources are left", text);
        return new(CheckStatus.Info, text, $"'{text}': {effect}; another clock source keeps the time, and reading it is slow", text);
    }
}
