using Guestclock.Facts;

namespace Guestclock.Checks.Boot;

/// <summary><c>clocksource=</c> and its forerunner <c>clock=</c> (kernel/time/clocksource.c).</summary>
internal static class ClockSourceRules
{
    private static readonly string[] Known =
    [
        "tsc", "tsc-early", "kvm-clock", "xen", "hyperv_clocksource_tsc_page", "hyperv_clocksource_msr", "hpet", "acpi_pm", "pit",
        "jiffies", "refined-jiffies", "arch_sys_counter",
    ];

    public static IEnumerable<ParameterRemark> Judge(ParameterContext context)
    {
        if (context.Arguments.Find("clock") is { Value: { Length: > 0 } old } clock)
        {
            if (context.IsRedHat(4) || context.IsRedHat(3))
            {
                if (!context.TableAsksFor(clock.Text))
                    yield return new(CheckStatus.Info, clock.Text,
                        $"'{clock.Text}' chooses the time source of this old kernel; the table does not ask for it here");
            }
            else
            {
                var name = old == "pmtmr" ? "acpi_pm" : old;
                yield return new(CheckStatus.Info, clock.Text,
                    $"'{clock.Text}' is the old spelling of clocksource={name}; the kernel says so in its log", clock.Text);
                foreach (var remark in Source(context, clock.Text, name))
                    yield return remark;
            }
        }

        if (context.Arguments.Find("clocksource") is { Value: { Length: > 0 } value } source && !context.TableAsksFor(source.Text))
        {
            foreach (var remark in Source(context, source.Text, value))
                yield return remark;
        }
    }

    private static IEnumerable<ParameterRemark> Source(ParameterContext context, string text, string name)
    {
        var available = context.Facts.Clock.AvailableSources;
        if (!Known.Contains(name, StringComparer.Ordinal) && !available.Is(a => a.Contains(name)))
        {
            yield return new(CheckStatus.Info, text,
                $"'{text}' is ignored: there is no clock source of that name, and the kernel chooses by itself", text);
        }
        else if (available.Is(a => !a.Contains(name)) && name is not ("jiffies" or "refined-jiffies" or "pit"))
        {
            yield return new(CheckStatus.Info, text,
                $"'{text}' is ignored: this machine has no such clock source ({string.Join(' ', available.Value!)})", text);
        }
        else if (name is "jiffies" or "refined-jiffies" or "pit")
        {
            yield return new(CheckStatus.Critical, text,
                $"'{text}' makes the clock count timer interrupts: each one that is lost is time lost", text);
        }
        else if (name is "acpi_pm" or "hpet")
        {
            if (Slow(context, text, name) is { } remark)
                yield return remark;
        }
        else if (name == "tsc" && context.TscIsInvariant == false)
        {
            yield return context.Facts.IsGuest
                ? new(CheckStatus.Warning, text, $"'{text}' forces a TSC that is not both constant and nonstop: after a move or a "
                    + "pause of the guest its clock is wrong", text)
                : new(CheckStatus.Warning, text, $"'{text}' forces a TSC that is not both constant and nonstop: the clock follows the "
                    + "CPU's frequency and sleep", text);
        }
    }

    private static ParameterRemark? Slow(ParameterContext context, string text, string name)
    {
        if (context.Facts.Has(Role.KvmHost) && context.TscIsInvariant != false)
            return new(CheckStatus.Warning, text, $"'{text}' harms this host: KVM's guests lose their stable clock and ptp_kvm when "
                + "the host's clock source is not tsc", text);
        if (context.IsKvmGuest && context.PvClock != false)
            return new(CheckStatus.Warning, text, $"'{text}' harms this guest: every reading of {name} leaves the guest and is slow; "
                + "kvm-clock or tsc is right", text);
        if (context.Facts.IsGuest && context.TscIsInvariant == true)
            return new(CheckStatus.Warning, text,
                $"'{text}' harms this guest: every reading of {name} leaves the guest and is slow, and its tsc is sound", text);
        return context.TscIsInvariant == true
            ? new(CheckStatus.Info, text, $"'{text}' is right but slow: the tsc of this machine is sound and reads 20 times faster", text)
            : null;
    }
}
