using Guestclock.Facts;
using Guestclock.Protocols.Chrony;
using Guestclock.Remedies;
using Guestclock.Units;

namespace Guestclock.Checks.Phc;

/// <summary>phc-selected: chrony follows the hypervisor's clock, and the system clock agrees with it.</summary>
public sealed class PhcSelected : Check
{
    /// <summary>A sample that is older may be from before a pause of the guest.</summary>
    private const uint RecentS = 128;

    public override string Id => "phc-selected";

    public override string Title => "The hypervisor's clock is followed, and the guest agrees with it";

    public override CheckGroup Group => CheckGroup.Phc;

    public override Finding Judge(MachineFacts facts, Policy policy)
    {
        if (HostClock.NotHere(facts) is { } not)
            return not;
        var refclock = Refclocks.Of(facts).FirstOrDefault();
        var source = Source(facts, refclock);
        if (Disagreement(facts, policy, source) is { } disagreement)
            return disagreement;
        if (source is not null)
            return JudgeSource(facts, source, refclock);
        if (refclock is null)
            return NotConfigured(facts);
        if (!facts.Chrony.Sources.IsKnown)
            return Finding.Unknown("chrony's list of sources", facts.Chrony.Sources);
        return Finding.Warning("chronyd runs without the PHC refclock of its configuration: it was started before the line was there",
            Restart(facts), new EvidenceItem("chrony", refclock.ToString(), refclock.Source));
    }

    private static ChronySource? Source(MachineFacts facts, ConfigDirective? refclock)
    {
        var name = refclock is null ? null : Refclocks.Name(facts, refclock);
        var clocks = facts.Chrony.Sources.Or([]).Where(s => s.Mode == ChronySourceMode.RefClock).ToList();
        return clocks.Find(s => s.Name == name) ?? clocks.Find(s => s.Name.StartsWith("PHC", StringComparison.Ordinal));
    }

    private static Finding NotConfigured(MachineFacts facts)
    {
        if (HostClock.All(facts) is [var clock, ..] && TimeScale.Offset(facts, clock) is { } at)
        {
            var within = at.Offset.Magnitude + at.Bound;
            return Finding.NotApplicable($"chrony has no PHC refclock; the guest agrees with {clock.Device} within {within}",
                Reading(clock, at));
        }

        return facts.Services.ChronyConf.IsKnown || facts.Services.ChronyConf.State == FactState.Missing
            ? Finding.NotApplicable("chrony has no PHC refclock (phc-refclock)")
            : Finding.Unknown("chrony's configuration", facts.Services.ChronyConf);
    }

    /// <summary>The system clock and the hypervisor's differ by more than the policy allows, whoever steers the system clock.</summary>
    private static Finding? Disagreement(MachineFacts facts, Policy policy, ChronySource? source)
    {
        if (HostClock.All(facts) is not [var clock, ..] || TimeScale.Offset(facts, clock) is not { } at)
            return null;
        var sure = at.Offset.Magnitude - at.Bound;
        if (sure <= policy.PhcOffsetWarning)
            return null;
        var evidence = Reading(clock, at);
        var direction = at.Offset > Nanoseconds.Zero ? "behind" : "ahead of";
        var summary = $"the guest's clock is {at.Offset.Magnitude} {direction} its hypervisor's ({clock.Device})";
        if (TimeScale.IsAheadByTai(facts, clock))
            return Finding.Warning($"{summary}: just TAI - UTC, so one of them seems to be on the wrong time scale", Compare(facts),
                evidence);

        // A time server that agreed with the guest a moment ago: the host may be the one that is wrong.
        var isConfirmed = source?.State is not (ChronySourceState.Selected or ChronySourceState.Combined)
            && facts.Chrony.Sources.Or([]).Any(s => s.Mode != ChronySourceMode.RefClock
                && s.State == ChronySourceState.Selected && (s.Reach & 1) != 0
                && s.SinceSampleS <= RecentS && Math.Abs((double)s.OffsetNs) < sure.Value / 2.0);
        if (isConfirmed)
        {
            // chronyd counts a sample's age by the guest's clock, which stood still as long as the guest did.
            return Finding.Warning($"{summary}, but agreed with its time servers a moment ago: "
                + "it was paused since, or the host's clock is wrong", Compare(facts), evidence);
        }

        return sure > policy.PhcOffsetCritical
            ? Finding.Critical(summary, Compare(facts), evidence)
            : Finding.Warning(summary, Compare(facts), evidence);
    }

    private static Finding JudgeSource(MachineFacts facts, ChronySource source, ConfigDirective? refclock)
    {
        var evidence = new EvidenceItem("chrony source", $"{source.Name}: {source.State}, reach {Convert.ToString(source.Reach, 8)}, "
            + $"offset {new Nanoseconds(source.OffsetNs)} ± {new Nanoseconds(source.ErrorNs)}", facts.Chrony.Sources.Source);
        if (source.Reach == 0)
        {
            return source.SinceSampleS == uint.MaxValue
                ? Finding.Warning($"chronyd has not had a sample of {source.Name} yet", Restart(facts), evidence)
                : Finding.Warning($"{source.Name} does not answer chronyd any more; it may have been started with another clock source",
                    Restart(facts), evidence);
        }

        if (refclock?.Has("noselect") == true)
            return Finding.Info($"chronyd watches {source.Name} without following it (noselect)", evidence);
        var where = $"offset {new Nanoseconds(source.OffsetNs)} ± {new Nanoseconds(source.ErrorNs)}";
        return source.State switch
        {
            ChronySourceState.Selected => Finding.Pass($"chronyd follows {source.Name}, {where}", evidence),
            ChronySourceState.Combined => Finding.Pass($"chronyd follows {source.Name} together with others, {where}", evidence),
            ChronySourceState.Falseticker => Finding.Warning(
                $"chronyd takes {source.Name} for a falseticker ({where}): the host and the time servers disagree",
                Compare(facts), evidence),
            ChronySourceState.Jittery => Finding.Warning($"{source.Name} varies too much for chronyd, {where}", Compare(facts), evidence),
            ChronySourceState.NotCombined =>
                Finding.Info($"chronyd could follow {source.Name} but prefers another source, {where}", evidence),
            _ => Finding.Info($"chronyd has not selected {source.Name} yet, {where}", evidence),
        };
    }

    private static EvidenceItem Reading(PtpClock clock, (Nanoseconds Offset, Nanoseconds Bound) at) =>
        EvidenceItem.Of("hypervisor - guest", clock.Reading, $"{at.Offset} ± {at.Bound} ({clock.Reading.Value?.Method})");

    private static Remedy Restart(MachineFacts facts) =>
        new("Restart chronyd, so that it opens the clock anew", ByDistribution.Restart(facts, ByDistribution.ChronyUnit(facts)),
            "chronyc sources -v");

    private static Remedy Compare(MachineFacts facts) =>
        facts.Services.Running.Any(s => s.Kind == TimeServiceKind.Chronyd)
            ? new("Find out which clock is right, put the host's time service right if it is the host's, then step the guest",
                "chronyc sources -v", "chronyc makestep")
            : new("Find out which clock is right: run 'guestclock check' on the host too, then let the time service step");
}
