namespace Guestclock.Checks.Boot;

/// <summary>Parameters of the timer tick, the timer devices and the idle loop (Documentation/admin-guide/kernel-parameters.txt).</summary>
internal static class TickRules
{
    public static IEnumerable<ParameterRemark> Judge(ParameterContext context)
    {
        var arguments = context.Arguments;
        if (arguments.Find("divider") is { } divider)
            yield return Divider(context, divider.Text);
        if (arguments.Find("nohz") is { Value: "off" or "n" or "0" } nohz)
            yield return new(CheckStatus.Info, nohz.Text, $"'{nohz.Text}' keeps the tick running on idle CPUs; the time is right, at "
                + "the cost of power and of the host's other guests");
        if (arguments.Find("nohz_full") is { Value: { Length: > 0 } } full)
            yield return new(CheckStatus.Info, full.Text,
                $"'{full.Text}' stops the tick on busy CPUs; at least one CPU must be left out of it to keep the time");
        if (arguments.Find("highres") is { Value: "off" or "n" or "0" } highres)
            yield return new(CheckStatus.Info, highres.Text,
                $"'{highres.Text}' makes timers as coarse as the tick (1 to 10 ms); the clock itself is not affected");
        if (arguments.Find("nolapic_timer") is { } lapic)
            yield return new(CheckStatus.Info, lapic.Text, $"'{lapic.Text}' keeps the kernel from the CPU's own timer: timers become "
                + "coarse, the clock itself is not affected");
        if (arguments.Find("idle") is { Value: "poll" } idle)
            yield return new(CheckStatus.Info, idle.Text,
                $"'{idle.Text}' keeps every CPU busy: good for latency, of no use for the clock where the TSC is nonstop");
        if (!context.Facts.IsGuest)
            yield break;
        foreach (var name in new[] { "processor.max_cstate", "intel_idle.max_cstate" })
        {
            if (arguments.Find(name) is { } states)
                yield return new(CheckStatus.Info, states.Text,
                    $"'{states.Text}' is useless in a guest: the CPU's sleep states belong to the host");
        }
    }

    private static ParameterRemark Divider(ParameterContext context, string text)
    {
        const string advice = "it was withdrawn from the manuals (BZ 698842)";
        var old = context.IsRedHat(4) || (context.IsRedHat(5) && context.Os!.Minor is null or < 8);
        if (old)
            return new(CheckStatus.Warning, text, $"'{text}' can make this release panic: {advice}", text);
        return context.IsRedHat(5)
            ? new(CheckStatus.Info, text, $"'{text}' lowers the tick's rate; it is no longer asked for: {advice}", text)
            : new(CheckStatus.Info, text, $"'{text}' has no effect on this kernel: {advice}", text);
    }
}
