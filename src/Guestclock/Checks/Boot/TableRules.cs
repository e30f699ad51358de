namespace Guestclock.Checks.Boot;

/// <summary>The parameter table for RHEL and CentOS guests on hosts without a constant TSC.</summary>
internal static class TableRules
{
    private const string AssumeHost = "host-constant-tsc=no or host-constant-tsc=yes";

    public static IEnumerable<ParameterRemark> Judge(ParameterContext context)
    {
        if (context.Rows.Count == 0 || context.HostConstantTsc == true)
            yield break;
        var release = $"{context.Os!.Id} {context.Os.VersionId}";
        foreach (var remark in context.Rows.Any(r => Lacking(context, r).Count == 0) ? Met(context, release) : Lacks(context, release))
            yield return remark;
    }

    /// <summary>What the row asks for and the command line does not have; an lpj that nobody measured is not asked for.</summary>
    private static List<string> Lacking(ParameterContext context, GuestParameterRow row)
    {
        var lacking = new List<string>();
        foreach (var demanded in row.Demanded)
        {
            var at = demanded.IndexOf('=', StringComparison.Ordinal);
            var name = at < 0 ? demanded : demanded[..at];
            var has = name == "lpj"
                ? LpjRules.IsNumber(context.Arguments.Value("lpj")) || (context.CalibratedLpj is null && !context.Arguments.Has("lpj"))
                : context.Arguments.Has(name) && (at < 0 || context.Arguments.Value(name) == demanded[(at + 1)..]);
            if (!has)
                lacking.Add(name == "lpj" && context.CalibratedLpj is { } lpj ? $"lpj={lpj}" : demanded);
        }

        return lacking;
    }

    private static IEnumerable<ParameterRemark> Met(ParameterContext context, string release)
    {
        // Not known whether the guest has the clock: met only if every row of one edition is met.
        if (context.PvClock is null && context.Rows.Any(r => Lacking(context, r).Count > 0) && !AnEditionIsMet(context))
        {
            var open = context.Rows.First(r => Lacking(context, r).Count > 0);
            yield return new(CheckStatus.Unknown, open.Parameters,
                $"{release} needs '{open.Parameters}' on a host without a constant TSC if it has no paravirtualised clock "
                    + $"({open.EditionName}), which is not known")
            { Assume = "pv-clock=yes or pv-clock=no" + (context.HostConstantTsc is null ? ", and " + AssumeHost : "") };
            yield break;
        }

        var met = context.Rows.Where(r => Lacking(context, r).Count == 0).ToList();
        var others = context.Rows.Where(r => Lacking(context, r).Count > 0 && met.TrueForAll(m => m.Edition != r.Edition)).ToList();
        var text = met[0].Parameters.Length == 0 ? $"{release} needs no parameters here"
            : $"{release} has what it needs on a host without a constant TSC";
        text += $" ({string.Join(" and ", met.Select(m => m.EditionName).Distinct(StringComparer.Ordinal))})";
        if (others.Count > 0)
            text += $"; the {others[0].EditionName} gives '{(others[0].Parameters.Length == 0 ? "none" : others[0].Parameters)}', and "
                + "either is accepted";
        yield return new(CheckStatus.Pass, met[0].Parameters.Length == 0 ? "none needed" : met[0].Parameters, text);
        if (met[0].Demanded.Contains("lpj=n", StringComparer.Ordinal) && !context.Arguments.Has("lpj"))
            yield return new(CheckStatus.Info, "lpj=", $"the {met[0].EditionName} also gives lpj= with the number that the kernel "
                + "calibrates; it is not known here, and without it nothing is to be set");
    }

    private static bool AnEditionIsMet(ParameterContext context) =>
        context.Rows.GroupBy(r => r.Edition).Any(g => g.All(r => Lacking(context, r).Count == 0));

    private static IEnumerable<ParameterRemark> Lacks(ParameterContext context, string release)
    {
        // The edition that asks for least; it is the later one where both ask for the same.
        var row = context.Rows.OrderBy(r => Lacking(context, r).Count).ThenByDescending(r => r.Edition).First();
        var lacking = Lacking(context, row);
        var parameters = string.Join(' ', lacking);
        var rule = $"{release} needs '{row.Parameters}' on a host without a constant TSC ({row.EditionName})";
        if (!context.IsKvmGuest)
        {
            yield return new(CheckStatus.Unknown, parameters,
                $"as a KVM guest {rule}, but whether this is one is not known")
            { Assume = "role=kvm-guest and " + AssumeHost };
        }
        else if (context.HostConstantTsc is null)
        {
            yield return new(CheckStatus.Unknown, parameters,
                $"{rule}, and whether the host has one cannot be seen from the guest")
            { Assume = AssumeHost };
        }
        else
        {
            var onlyLpj = lacking.TrueForAll(l => l.StartsWith("lpj", StringComparison.Ordinal));
            // Already on a source that needs no parameter: it holds until the kernel chooses again.
            var holds = context.Facts.Clock.CurrentSource.Is(c => c is "acpi_pm" or "hpet" or "kvm-clock");
            var add = string.Join(' ', lacking.Where(l => l != "lpj=n"));
            yield return new(onlyLpj || holds ? CheckStatus.Warning : CheckStatus.Critical, parameters,
                onlyLpj && lacking.Contains("lpj=n", StringComparer.Ordinal) ? $"{rule}, and lpj= has no number"
                    : $"{rule}, but lacks '{parameters}'",
                null, add.Length == 0 ? null : add);
        }
    }
}
