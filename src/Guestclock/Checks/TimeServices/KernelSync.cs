using Guestclock.Facts;
using Guestclock.Remedies;
using Guestclock.Units;

namespace Guestclock.Checks.TimeServices;

/// <summary>Judges synchronisation by the kernel's discipline, for services that do not tell more (timesyncd, ntpd, phc2sys) or for none at
/// all.</summary>
internal static class KernelSync
{
    /// <summary>The kernel adds 500 µs a second to maxerror since the last update (MAXFREQ of kernel/time/ntp.c).</summary>
    private const long GrowthPpm = 500;

    /// <summary>5 s of maxerror are 2.8 hours without an update: more than eight polls at ntpd's longest interval of 1024 s.</summary>
    private const long StaleUs = 5_000_000;

    private const int Pll = 0x0001;

    public static EvidenceItem Evidence(MachineFacts facts) =>
        EvidenceItem.Of("kernel clock", facts.Clock.KernelTime, facts.Clock.KernelTime.TryGet(out var k)
        ? $"{(k.IsSynchronised ? "synchronised" : "not synchronised")}, status 0x{k.Status:x}, maximum error {Micro(k.MaxErrorUs)}"
        : null);

    public static Finding Judge(MachineFacts facts, Policy policy, List<EvidenceItem> evidence)
    {
        if (!facts.Clock.KernelTime.TryGet(out var kernel))
            return Finding.Unknown("the kernel's clock state", facts.Clock.KernelTime);
        var service = facts.Services.Disciplining.FirstOrDefault();
        if (service is null && Situation.KnowsProcesses(facts))
            return Alone(facts, kernel, evidence);
        evidence.AddRange(facts.Services.Disciplining.Select(Situation.Evidence));
        return kernel.IsSynchronised ? Synchronised(facts, policy, kernel, service, evidence) : Unsynchronised(facts, service, evidence);
    }

    private static Finding Synchronised(MachineFacts facts, Policy policy, KernelTime kernel, TimeService? service,
        List<EvidenceItem> evidence)
    {
        var name = service?.Name ?? "the kernel";
        if (service?.Kind == TimeServiceKind.Timesyncd && facts.Services.TimesyncdSynchronized.Is(s => !s))
        {
            evidence.Add(EvidenceItem.Of("timesyncd has synchronised", facts.Services.TimesyncdSynchronized));
            return NotYet(facts, "systemd-timesyncd runs, but has not synchronised the clock since it started",
                "timedatectl timesync-status", evidence);
        }

        if (kernel.MaxErrorUs >= StaleUs)
            return Finding.Warning($"the clock counts as synchronised, but nothing has updated it for about {Age(kernel)}",
                new Remedy("See why the time service hears no source; see time-sources-reachable"), evidence);
        // The PLL's remaining offset is what ntpd and timesyncd measured; without the PLL it means nothing.
        var offset = new Nanoseconds(kernel.OffsetNs == long.MinValue ? long.MaxValue : Math.Abs(kernel.OffsetNs));
        if ((kernel.Status & Pll) != 0 && offset > policy.OffsetWarning)
        {
            var summary = $"{name} still has to correct the clock by {offset}";
            var remedy = new Remedy("Wait some minutes and check again; if it stays, use a nearer source, or chrony instead");
            return offset > policy.OffsetCritical ? Finding.Critical(summary, remedy, evidence)
                : Finding.Warning(summary, remedy, evidence);
        }

        return Finding.Pass(service is null ? "the kernel's clock is synchronised"
            : $"{name} has synchronised the clock, last {Age(kernel)} ago or less", evidence)
            with
        { Reason = "the error is known only as the kernel's bound; chrony would tell more" };
    }

    private static Finding Unsynchronised(MachineFacts facts, TimeService? service, List<EvidenceItem> evidence)
    {
        if (service?.Kind == TimeServiceKind.Chronyd)
        {
            var keepsFlag = !facts.Services.ChronyConf.TryGet(out var conf) || conf.Last("rtcsync") is null;
            if (keepsFlag || !Situation.KnowsProcesses(facts))
                return Finding.Unknown("chronyd's own state", facts.Chrony.Tracking);
        }

        if (service is not null && NtpdPolicy.IsBusybox(facts, service))
        {
            return Finding.Unknown("cannot tell: busybox's ntpd does not show its state, and older versions leave the kernel's flag up",
                "use chrony where it must be known", FactState.Unsupported, evidence);
        }

        if (service?.Kind is TimeServiceKind.Ntpd or TimeServiceKind.Ntpsec && NtpdPolicy.LeavesKernelAlone(facts, service))
        {
            return Finding.Unknown(
                "cannot tell: ntpd keeps the clock without the kernel's discipline, so the kernel does not know its state",
                "ask ntpd itself: ntpq -c rv", FactState.Unsupported, evidence);
        }

        var summary = service is null ? "the kernel says that the clock is not synchronised"
            : $"{service.Name} runs, but the kernel says that the clock is not synchronised";
        return NotYet(facts, summary, service?.Kind switch
        {
            TimeServiceKind.Chronyd => "chronyc -n sources -v",
            TimeServiceKind.Ntpd or TimeServiceKind.Ntpsec => "ntpq -pn",
            TimeServiceKind.Openntpd => "ntpctl -s all",
            TimeServiceKind.NtpdRs => "ntp-ctl status",
            TimeServiceKind.Timesyncd => "timedatectl timesync-status",
            TimeServiceKind.Phc2sys => "journalctl -u phc2sys -n 20",
            _ => "timedatectl",
        }, evidence);
    }

    /// <summary>No known service runs.</summary>
    private static Finding Alone(MachineFacts facts, KernelTime kernel, List<EvidenceItem> evidence)
    {
        var installed = facts.Services.TimeServices.Or([]).FirstOrDefault(s => s.DisciplinesSystemClock);
        var remedy = Situation.Start(facts, installed);
        if (kernel.IsSynchronised)
            return Finding.Warning(
                $"the kernel counts the clock as synchronised since at most {Age(kernel)}, but no known time service keeps it", remedy,
                evidence);
        return Situation.OtherKeeper(facts) is { } keeper
            ? Finding.Warning($"no time service synchronises the clock; only {keeper} may set it", remedy, evidence)
            : Finding.Critical("the clock is not synchronised, and no time service runs", remedy, evidence);
    }

    private static Finding NotYet(MachineFacts facts, string summary, string command, List<EvidenceItem> evidence)
    {
        var remedy = new Remedy("See which sources the service hears", command);
        return Situation.IsSettling(facts)
            ? Finding.Warning($"{summary}, {Situation.Uptime(facts)} after boot", remedy, evidence)
            : Finding.Critical(summary, remedy, evidence);
    }

    private static string Age(KernelTime kernel) => Micro(Math.Clamp(kernel.MaxErrorUs, 0, 16_000_000) * (1_000_000 / GrowthPpm));

    private static string Micro(long microseconds) =>
        new Nanoseconds(Math.Clamp(microseconds, -1_000_000_000_000_000, 1_000_000_000_000_000) * 1000).ToString();
}
