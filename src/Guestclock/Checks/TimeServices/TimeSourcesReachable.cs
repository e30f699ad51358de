using Guestclock.Facts;
using Guestclock.Protocols.Chrony;
using Guestclock.Remedies;
using Guestclock.Units;

namespace Guestclock.Checks.TimeServices;

/// <summary>time-sources-reachable: the service hears enough sources that it may believe.</summary>
public sealed class TimeSourcesReachable : Check
{
    private const string Look = "chronyc -n sources -v";

    public override string Id => "time-sources-reachable";

    public override string Title => "Enough time sources are reachable and believed";

    public override CheckGroup Group => CheckGroup.TimeService;

    public override Finding Judge(MachineFacts facts, Policy policy)
    {
        if (Situation.NotJudged(facts) is { } not)
            return not;
        if (facts.Chrony.Sources.TryGet(out var sources))
            return Sources(facts, policy, sources);
        if (Situation.Active(facts) is { } service)
            return ConfiguredSources.Judge(facts, policy, service);
        if (!facts.Services.TimeServices.IsKnown || !Situation.KnowsProcesses(facts))
            return Finding.Unknown("which time service runs", Situation.ProcessesFact(facts));
        return Finding.NotApplicable("no time service keeps the clock (see time-service-running)");
    }

    private static Finding Sources(MachineFacts facts, Policy policy, IReadOnlyList<ChronySource> sources)
    {
        var unresolved = facts.Chrony.Activity.TryGet(out var activity) ? activity.Unresolved : 0;
        var evidence = sources.Select(s => new EvidenceItem(s.Name, Words(s), facts.Chrony.Sources.Source)).ToList();
        if (unresolved > 0)
            evidence.Add(EvidenceItem.Of("names without an address", facts.Chrony.Activity, unresolved.ToString()));
        var believed = sources.Where(IsBelieved).ToList();
        var usable = believed.Where(s => s.Reach != 0).ToList();
        // chronyd goes on following a source that it no longer hears (maxunreach of chrony.conf(5): for 100000 polls).
        if (usable.Count == 0 && believed.Count > 0)
        {
            var lost = believed.FirstOrDefault(s => s.State == ChronySourceState.Selected) ?? believed[0];
            var heard = lost.SinceSampleS == uint.MaxValue ? "never"
                : $"last {new Nanoseconds(lost.SinceSampleS * 1_000_000_000L)} ago";
            return Finding.Warning($"chronyd follows {lost.Name}, but hears it no more ({heard}): the clock drifts on its last estimate",
                Silent(), evidence);
        }

        var wanted = Math.Max(1, policy.MinimumSources);
        if (usable.Count < wanted)
        {
            var (summary, remedy) = TooFew(sources, usable.Count, wanted, unresolved);
            return usable.Count > 0 || Situation.IsSettling(facts) ? Finding.Warning(summary, remedy, evidence)
                : Finding.Critical(summary, remedy, evidence);
        }

        var liars = sources.Where(s => s.State == ChronySourceState.Falseticker).ToList();
        var named = string.Join(", ", liars.Select(s => s.Name));
        if (liars.Count >= usable.Count)
        {
            var summary = $"chronyd disbelieves {named} (falseticker), and only {usable.Count} " +
                $"{(usable.Count == 1 ? "source" : "sources")} agree: the wrong side may have won";
            return Finding.Warning(summary, new Remedy("Compare the sources' offsets, remove the wrong ones, and use at least four servers",
                Look, "chronyc -n sourcestats"), evidence);
        }

        if (liars.Count > 0)
            return Finding.Info($"chronyd disbelieves {named} (falseticker); {usable.Count} others agree", evidence);
        var silent = sources.Where(s => s.Reach == 0 && !usable.Contains(s)).ToList();
        if (silent.Count > 0)
            return Finding.Info(
                $"{string.Join(", ", silent.Select(s => s.Name))} {(silent.Count == 1 ? "does" : "do")} not answer; {usable.Count} of " +
                    $"{sources.Count} sources are usable", evidence);
        return Redundancy(usable, evidence);
    }

    private static Finding Redundancy(List<ChronySource> usable, List<EvidenceItem> evidence)
    {
        var chosen = usable.FirstOrDefault(s => s.State == ChronySourceState.Selected)?.Name ?? usable[0].Name;
        var ntp = usable.Count(s => s.Mode != ChronySourceMode.RefClock);
        return (ntp, usable.Count - ntp) switch
        {
            (1, 0) => Finding.Info($"{chosen} is the only source: if it fails or lies, nothing notices", evidence),
            (2, 0) => Finding.Info($"only two sources, {chosen} selected: if they disagree, neither can be outvoted", evidence),
            _ => Finding.Pass($"{usable.Count} usable {(usable.Count == 1 ? "source" : "sources")}, {chosen} selected", evidence),
        };
    }

    private static (string Summary, Remedy Remedy) TooFew(IReadOnlyList<ChronySource> sources, int usable, int wanted, int unresolved)
    {
        if (usable > 0)
            return ($"only {usable} usable time {(usable == 1 ? "source" : "sources")}, {wanted} wanted",
                new("Configure more servers, or see why the others are not usable", Look));
        if (sources.Count == 0 && unresolved == 0)
            return ("chronyd has no time source at all",
                new("Add 'pool' or 'server' lines, or in a guest the host's PHC (see phc-refclock)"));
        if (unresolved > 0 && sources.All(s => s.Reach == 0))
            return ($"no time source is usable: {unresolved} {(unresolved == 1 ? "name has" : "names have")} no address",
                new("See that names are resolved (DNS)", "chronyc activity", "chronyc refresh"));
        var heard = sources.Where(s => s.Reach != 0).ToList();
        if (heard.Count == 0)
            return ($"none of {sources.Count} time sources answers: {string.Join(", ", sources.Select(s => s.Name).Take(4))}",
                Silent());
        var liars = heard.Where(s => s.State == ChronySourceState.Falseticker).Select(s => s.Name).ToList();
        return liars.Count > 0
            ? ($"the time sources contradict each other, so chronyd believes none: {string.Join(", ", liars)}",
                new("Remove the wrong ones, and use at least four servers", Look, "chronyc -n sourcestats"))
            : ($"{heard.Count} of {sources.Count} time sources answer, but chronyd can select none of them",
                new("See why each is not selectable: its own synchronisation, distance or jitter", "chronyc -n selectdata -v",
                "chronyc ntpdata"));
    }

    private static bool IsBelieved(ChronySource s) =>
        s.State is ChronySourceState.Selected or ChronySourceState.Combined or ChronySourceState.NotCombined;

    private static Remedy Silent() => new("See that UDP port 123 is open to the servers, in both directions, and that a PHC still answers",
        Look);

    private static string Words(ChronySource s) =>
        $"{State(s.State)}, stratum {s.Stratum}, reach {Convert.ToString(s.Reach & 0xFF, 8)}, offset " +
            $"{new Nanoseconds(s.OffsetNs)} ± {new Nanoseconds(s.ErrorNs)}";

    private static string State(ChronySourceState state) => state switch
    {
        ChronySourceState.Selected => "selected",
        ChronySourceState.Combined => "combined",
        ChronySourceState.NotCombined => "selectable",
        ChronySourceState.Falseticker => "falseticker",
        ChronySourceState.Jittery => "too variable",
        ChronySourceState.NonSelectable => "not selectable",
        _ => "state not known",
    };
}
