using Guestclock.Facts;
using Guestclock.Protocols.Chrony;
using Guestclock.Remedies;
using Guestclock.Units;

namespace Guestclock.Checks.TimeServices;

/// <summary>
/// clock-synchronized: the kernel and the service say that the clock is right, and the offset and its bound are within policy.
/// chronyd clears the kernel's flag only with rtcsync (set_sync_status of chrony's sys_timex.c), so its own word counts first.
/// </summary>
public sealed class ClockSynchronized : Check
{
    public override string Id => "clock-synchronized";

    public override string Title => "The system clock is synchronised, and its error is small";

    public override CheckGroup Group => CheckGroup.TimeService;

    public override bool IsEssential => true;

    public override Finding Judge(MachineFacts facts, Policy policy)
    {
        if (facts.Has(Role.Container) && facts.Clock.KernelTime.TryGet(out var kernel))
            return Container(facts, kernel);
        if (Situation.NotJudged(facts) is { } not)
            return not;
        var evidence = new List<EvidenceItem> { KernelSync.Evidence(facts) };
        var chronyd = facts.Services.Find(TimeServiceKind.Chronyd);
        var other = facts.Services.Disciplining.FirstOrDefault(s => s.Kind != TimeServiceKind.Chronyd);
        // A chronyd that only measures beside another service cannot vouch for that one.
        if (facts.Chrony.Tracking.TryGet(out var tracking) && !(chronyd is { NoSet: true } && other is not null))
            return Chrony(facts, policy, tracking, chronyd, evidence);
        return KernelSync.Judge(facts, policy, evidence);
    }

    /// <summary>A container shares its host's kernel, which tells whether somebody keeps the clock, but not all that the service knows.</summary>
    private static Finding Container(MachineFacts facts, KernelTime kernel) => kernel.IsSynchronised
        ? Finding.Pass("the host's kernel says that the clock is synchronised", KernelSync.Evidence(facts))
        : Finding.Unknown("cannot tell from inside a container: the host's kernel does not say that the clock is synchronised",
            "a chronyd without rtcsync leaves the kernel's flag as it is; check the host", FactState.Unsupported, KernelSync.Evidence(facts));

    private static Finding Chrony(MachineFacts facts, Policy policy, ChronyTracking t, TimeService? chronyd, List<EvidenceItem> evidence)
    {
        var offset = new Nanoseconds(t.CorrectionNs);
        var bound = new Nanoseconds(Bound(t));
        evidence.Insert(0, EvidenceItem.Of("chrony tracking", facts.Chrony.Tracking,
            $"{Reference(t)}, stratum {t.Stratum}, leap {t.Leap}, offset {offset}, bound {bound} (root delay " +
                $"{new Nanoseconds(t.RootDelayNs)}, root dispersion {new Nanoseconds(t.RootDispersionNs)})"));
        if (!t.IsSynchronised)
        {
            var look = new Remedy("See which sources chronyd has and why it uses none", "chronyc -n sources -v", "chronyc activity");
            return Situation.IsSettling(facts)
                ? Finding.Warning($"chronyd is not synchronised yet, {Situation.Uptime(facts)} after boot", look, evidence)
                : Finding.Critical("chronyd runs, but is not synchronised to any source", look, evidence);
        }

        if (chronyd is { NoSet: true })
            return Finding.Critical("chronyd measures the clock but may not set it (-x), and nothing else does",
                Situation.LetSet(facts, chronyd), evidence);
        if (IsLocal(t))
            return Finding.Warning("chronyd follows only its own free-running clock ('local')",
                new Remedy("Give chronyd a source that it can reach; see time-sources-reachable"), evidence);

        var step = new Remedy("Let chronyd step the clock now; step-policy keeps it so after the next pause", "chronyc makestep");
        var wrong = $"the system clock is {new Nanoseconds(Magnitude(t.CorrectionNs))} {(t.CorrectionNs > 0 ? "slow" : "fast")} of " +
            $"{Reference(t)}";
        if (Exceeds(offset, policy.OffsetCritical))
            return Finding.Critical($"{wrong} (limit {policy.OffsetCritical})", step, evidence);
        var sources = new Remedy("Use a nearer or better source, or find out why the present one is no longer heard",
            "chronyc -n sources -v");
        if (bound > policy.RootDistanceCritical)
            return Finding.Critical($"the clock may be wrong by up to {bound} (limit {policy.RootDistanceCritical})", sources, evidence);
        if (Exceeds(offset, policy.OffsetWarning))
            return Finding.Warning($"{wrong} (limit {policy.OffsetWarning})", step, evidence);
        if (bound > policy.RootDistanceWarning)
            return Finding.Warning($"the clock may be wrong by up to {bound} (limit {policy.RootDistanceWarning})", sources, evidence);
        var pass = Finding.Pass($"synchronised to {Reference(t)}: offset {offset}, error at most {bound}", evidence);
        return pass with { Reason = KernelRemark(facts) };
    }

    /// <summary>The kernel's flag may stay up although chronyd is synchronised; that is worth a remark, no more.</summary>
    private static string? KernelRemark(MachineFacts facts)
    {
        if (!facts.Clock.KernelTime.Is(k => !k.IsSynchronised))
            return null;
        return facts.Services.ChronyConf.TryGet(out var conf) && conf.Last("rtcsync") is null
            ? "the kernel's unsynchronised flag stays set because chronyd runs without rtcsync; timedatectl then says that the clock is " +
                "not synchronised"
            : "the kernel's unsynchronised flag is set although chronyd is synchronised; chronyd clears it with its next update";
    }

    private static string Reference(ChronyTracking t) => t.Address.Length > 0 && t.Address != t.ReferenceId
        ? $"{t.Address} ({t.ReferenceId})" : t.ReferenceId;

    /// <summary>chronyd's local reference has the id 127.127.1.1 (NTP_REFID_LOCAL of chrony's ntp.h).</summary>
    private static bool IsLocal(ChronyTracking t) => t.ReferenceId is "7F7F0101" or "127.127.1.1" || t.Address == "127.127.1.1";

    private static bool Exceeds(Nanoseconds offset, Nanoseconds limit) => Magnitude(offset.Value) > limit.Value;

    private static long Magnitude(long value) => value == long.MinValue ? long.MaxValue : Math.Abs(value);

    /// <summary>The documented bound, which stays in range whatever a lying chronyd answers.</summary>
    private static long Bound(ChronyTracking t)
    {
        var sum = (decimal)Magnitude(t.CorrectionNs) + Math.Max(0, t.RootDispersionNs) + (Math.Max(0, t.RootDelayNs) / 2);
        return sum > long.MaxValue ? long.MaxValue : (long)sum;
    }
}
