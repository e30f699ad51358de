using Guestclock.Facts;
using Guestclock.Remedies;
using Guestclock.Units;

namespace Guestclock.Checks.TimeServices;

/// <summary>rtc-synced: the RTC, from which the clock starts at boot, is there, is kept right, and agrees with the system clock.</summary>
public sealed class RtcSynced : Check
{
    /// <summary>Time zones differ by multiples of a quarter of an hour, up to 14 hours.</summary>
    private const long QuarterNs = 900_000_000_000;
    private const long MostZoneNs = 56 * QuarterNs;

    public override string Id => "rtc-synced";

    public override string Title => "The RTC is kept right and agrees with the system clock";

    public override CheckGroup Group => CheckGroup.TimeService;

    public override Finding Judge(MachineFacts facts, Policy policy)
    {
        if (Situation.NotJudged(facts) is { } not)
            return not;
        var devices = facts.Devices.Rtcs;
        if (devices.State == FactState.Missing || devices.Is(d => d.Count == 0))
            return Without(facts, EvidenceItem.Of("RTC", devices, "none"));
        if (!devices.IsKnown && devices.State != FactState.NotRecorded)
            return Finding.Unknown("the list of RTCs", devices);

        var evidence = new List<EvidenceItem>();
        if (devices.TryGet(out var rtcs) && (rtcs.FirstOrDefault(r => r.HcToSys) ?? rtcs[0]) is { } rtc)
        {
            var reading = rtc.Offset;
            evidence.Add(EvidenceItem.Of($"RTC {rtc.Device} ({rtc.Name})", reading,
                reading.TryGet(out var r) ? $"{new Nanoseconds(r.OffsetNs)} ± {new Nanoseconds(r.BoundNs)} from the system clock" : null));
            if (r is not null && Disagrees(facts, policy, r, evidence) is { } disagrees)
                return disagrees;
        }

        return Kept(facts, evidence);
    }

    private static Finding Without(MachineFacts facts, EvidenceItem evidence) => facts.Has(Role.KvmGuest)
        ? Finding.Info(
            "the guest has no RTC: at boot the clock starts from kvm-clock where the kernel uses it, and guest-set-time works only with " +
                "an explicit time", evidence)
        : Finding.Info("there is no RTC: after each boot the clock is wrong until the time service has stepped it", evidence);

    private static Finding? Disagrees(MachineFacts facts, Policy policy, RtcReading r, List<EvidenceItem> evidence)
    {
        var local = facts.Devices.RtcTimeScale.Is(s => string.Equals(s, "LOCAL", StringComparison.OrdinalIgnoreCase));
        var whole = r.OffsetNs == long.MinValue ? long.MaxValue : Math.Abs(r.OffsetNs);
        var zones = whole / QuarterNs;
        var rest = whole % QuarterNs;
        if (rest > QuarterNs / 2)
            (zones, rest) = (zones + 1, QuarterNs - rest);
        var isZone = zones > 0 && whole <= MostZoneNs + QuarterNs && Beyond(rest, r, policy) is false;
        if (local)
        {
            evidence.Add(EvidenceItem.Of("RTC time scale", facts.Devices.RtcTimeScale));
            // Local time is off by the zone, which is not known here: only what is left beyond quarters of an hour counts.
            return whole <= MostZoneNs + QuarterNs && !Beyond(rest, r, policy) ? null : Off(facts, rest, evidence);
        }

        if (!Beyond(whole, r, policy))
            return null;
        if (!isZone)
            return Off(facts, whole, evidence);
        return Finding.Warning(
            $"the RTC seems to hold local time ({Hours(zones, r.OffsetNs)} from UTC), but the system reads it as UTC: the clock starts " +
                $"wrong at the next boot",
            new Remedy("Write UTC to the RTC; in a libvirt guest of Linux also set <clock offset='utc'/>", "hwclock --systohc --utc"),
                evidence);
    }

    private static Finding Off(MachineFacts facts, long offBy, List<EvidenceItem> evidence)
    {
        var who = facts.Clock.KernelTime.Is(k => k.IsSynchronised) ? "the RTC is" : "the RTC and the (unsynchronised) system clock are";
        return Finding.Warning(
            $"{who} {new Nanoseconds(offBy)} {(who.EndsWith("is", StringComparison.Ordinal) ? "off" : "apart")}: the clock may start " +
                $"wrong at the next boot",
            new Remedy("Once the system clock is synchronised, write it to the RTC", "hwclock --systohc"), evidence);
    }

    private static bool Beyond(long offset, RtcReading r, Policy policy) => offset - Math.Max(0, r.BoundNs) > policy.RtcOffsetWarning.Value;

    private static string Hours(long quarters, long offset) => $"{(offset < 0 ? "-" : "+")}{quarters / 4}:{quarters % 4 * 15:00}";

    private static Finding Kept(MachineFacts facts, List<EvidenceItem> evidence)
    {
        if (Situation.Active(facts) is not { } service)
        {
            return !Situation.KnowsProcesses(facts)
                ? Finding.Unknown("which time service runs", Situation.ProcessesFact(facts))
                : Finding.Info("no time service runs, so nothing keeps the RTC right either (see time-service-running)", evidence);
        }

        if (service.Kind == TimeServiceKind.Chronyd)
            return Chrony(facts, service, evidence);
        if (service.Kind is TimeServiceKind.Ntpd or TimeServiceKind.Ntpsec && NtpdPolicy.LeavesKernelAlone(facts, service))
            return Unkept(facts, $"{service.Name} keeps the clock without the kernel's discipline, so the kernel does not write the RTC",
                new Remedy("Write the RTC at shutdown or daily", "hwclock --systohc"), evidence);
        return Finding.Pass($"the kernel writes the RTC every 11 minutes while {service.Name} has the clock synchronised", evidence);
    }

    private static Finding Chrony(MachineFacts facts, TimeService service, List<EvidenceItem> evidence)
    {
        if (!facts.Services.ChronyConf.TryGet(out var conf))
            return Finding.Unknown("chrony's configuration", facts.Services.ChronyConf);
        if (conf.Last("rtcsync") is { } sync)
        {
            evidence.Add(new("chrony", "rtcsync", sync.Source));
            return Finding.Pass("chronyd lets the kernel write the RTC every 11 minutes (rtcsync)", evidence);
        }

        if (conf.Last("rtcfile") is { } file)
        {
            evidence.Add(new("chrony", file.ToString(), file.Source));
            return Finding.Pass("chronyd tracks the RTC's drift (rtcfile)", evidence);
        }

        evidence.Add(new("chrony", "neither rtcsync nor rtcfile", conf.File));
        var remedy = new Remedy("Let the kernel write the RTC", $"echo rtcsync >> {conf.File}",
            ByDistribution.Restart(facts, service.ServiceName));
        return Unkept(facts, "chronyd runs without rtcsync, so nothing keeps the RTC right", remedy, evidence);
    }

    /// <summary>The RTC of a guest is the hypervisor's, which follows the host's clock; that of a real machine drifts.</summary>
    private static Finding Unkept(MachineFacts facts, string summary, Remedy remedy, List<EvidenceItem> evidence) => facts.IsGuest
        ? Finding.Info($"{summary}; the hypervisor's RTC follows the host's clock", evidence) with { Remedy = remedy }
        : Finding.Warning($"{summary}: it drifts, and the clock starts wrong at the next boot", remedy, evidence);
}
