using Guestclock.Facts;

namespace Guestclock.Checks.Domain;

/// <summary>
/// Judges every virtual machine alike and makes one finding of it: the worst status, and each machine at fault by its name.
/// </summary>
internal static class DomainJudge
{
    private const int MostNamed = 20;
    private const int MostRemedies = 8;

    /// <param name="ofWhom">The machines that the check is about in words, where there is none: "x86 machine".</param>
    /// <param name="pass">What holds for all when nothing is wrong.</param>
    public static Finding All(MachineFacts facts, IDomainRules rules, string ofWhom, string pass)
    {
        var set = DomainSet.Of(facts);
        if (set.Excludes(facts) is { } excluded)
            return excluded;
        var judged = set.Known.Where(rules.Concerns).ToList();
        if (judged.Count == 0)
            return Finding.NotApplicable($"no {ofWhom} is defined or running here");
        var bad = Bad(facts, rules);
        if (bad.Count == 0)
        {
            return facts.Libvirt.Domains is { IsKnown: false, State: not FactState.Missing } unknown
                ? Finding.Unknown("libvirt's domains", unknown) : Sound(set, judged, pass);
        }
        var status = bad[0].Worst;
        return new(status, Summary(bad, judged.Count), Evidence(bad, set), null,
            DomainRemedy.For([.. bad.Where(v => v.Worst == status).Take(MostRemedies)]));
    }

    /// <summary>Every machine at fault, the worst first.</summary>
    public static List<Verdict> Bad(MachineFacts facts, IDomainRules rules) =>
        [.. DomainSet.Of(facts).Known.Where(rules.Concerns).Select(d => new Verdict(d, Judge(d, x => rules.Faults(x, facts)))).Where(v => v.Faults.Count > 0)
            .OrderByDescending(v => v.Worst).ThenBy(v => v.Domain.Name, StringComparer.Ordinal)];

    /// <summary>One machine and what is wrong with it.</summary>
    internal sealed record Verdict(JudgedDomain Domain, IReadOnlyList<DomainFault> Faults)
    {
        public CheckStatus Worst => Faults.Max(f => f.Status);

        public string Says => string.Join("; ", Faults.Select(f => f.Says));
    }

    /// <summary>
    /// What was changed already but waits for the next start is only worth knowing; what will be wrong then counts as now.
    /// </summary>
    private static IReadOnlyList<DomainFault> Judge(JudgedDomain domain, Func<JudgedDomain, IReadOnlyList<DomainFault>> faults)
    {
        var now = faults(domain);
        if (domain.NextStart is null)
            return now;
        var next = faults(domain with { Definition = domain.NextStart, State = "shut off" });
        if (now.Count > 0 && next.All(f => f.Status < now.Max(n => n.Status)))
            return [.. now.Select(f =>
                f with { Status = CheckStatus.Info, IsMended = true, Says = $"{f.Says} (until it is shut down and started again)" })];
        return now.Count > 0 ? now : [.. next.Select(f => f with { Says = $"from its next start on: {f.Says}" })];
    }

    private static Finding Sound(DomainSet set, List<JudgedDomain> judged, string pass)
    {
        var evidence = new EvidenceItem("virtual machines", Count(judged.Count), judged[0].Source);
        if (set.Unread.Count == 0)
            return Finding.Pass($"{Count(judged.Count)}: {pass}", evidence);
        var first = set.Unread[0];
        return Finding.Unknown(
            $"cannot tell of all: {set.Unread.Count} of {set.Unread.Count + set.Known.Count} definitions could not be read",
            $"{first.Name}: {first.Xml.Why}", first.Xml.State, [evidence, .. Unread(set)]);
    }

    private static string Summary(List<Verdict> bad, int all)
    {
        var first = $"{bad[0].Domain.Name}: {bad[0].Says}";
        return bad.Count == 1 ? first : $"{bad.Count} of {Count(all)}; {first}";
    }

    private static List<EvidenceItem> Evidence(List<Verdict> bad, DomainSet set)
    {
        var evidence = bad.Take(MostNamed).Select(v => new EvidenceItem(v.Domain.Name, v.Says, v.Domain.Source)).ToList();
        if (bad.Count > MostNamed)
            evidence.Add(new("more", $"and {bad.Count - MostNamed} more", bad[MostNamed].Domain.Source));
        evidence.AddRange(Unread(set));
        return evidence;
    }

    private static IEnumerable<EvidenceItem> Unread(DomainSet set) =>
        set.Unread.Take(MostNamed).Select(d => EvidenceItem.Of(d.Name, d.Xml));

    private static string Count(int n) => n == 1 ? "1 virtual machine" : $"{n} virtual machines";
}
