using Guestclock.Facts;
using Guestclock.Remedies;

namespace Guestclock.Checks.Phc;

/// <summary>phc-refclock: chrony reads the hypervisor's clock, by a name that does not change.</summary>
public sealed class PhcRefclock : Check
{
    public override string Id => "phc-refclock";

    public override string Title => "chrony reads the hypervisor's clock by a stable name";

    public override CheckGroup Group => CheckGroup.Phc;

    public override Finding Judge(MachineFacts facts, Policy policy)
    {
        if (HostClock.NotHere(facts) is { } not)
            return not;
        var refclocks = Refclocks.Of(facts);
        if (refclocks.Count > 0)
            return refclocks.Select(r => JudgeOne(facts, r)).MaxBy(f => Rank(f.Status))!;
        if (!facts.Devices.PtpClocks.IsKnown)
            return Finding.Unknown("the PTP clocks", facts.Devices.PtpClocks);
        return HostClock.All(facts) is [var clock, ..]
            ? NotUsed(facts, clock)
            : Finding.NotApplicable("the guest sees no clock of its hypervisor (phc-available says why)");
    }

    private static int Rank(CheckStatus status) => status switch
    {
        CheckStatus.Critical => 5,
        CheckStatus.Warning => 4,
        CheckStatus.Unknown => 3,
        CheckStatus.Info => 2,
        CheckStatus.Pass => 1,
        _ => 0,
    };

    private static Finding NotUsed(MachineFacts facts, PtpClock clock)
    {
        var running = facts.Services.Running.Where(s => s.DisciplinesSystemClock).ToList();
        var evidence = new EvidenceItem("PTP clock", $"{clock.Device} {clock.ClockName}", facts.Devices.PtpClocks.Source);
        if (running.Exists(s => s.Kind == TimeServiceKind.Phc2sys))
            return Finding.NotApplicable("phc2sys copies a PTP clock to the system clock", evidence);
        if (running.Count > 0 && !running.Exists(s => s.Kind == TimeServiceKind.Chronyd))
            return Finding.Info($"{Name(running[0].Kind)} cannot read the hypervisor's clock {clock.Device}; chrony could", evidence);
        if (!facts.Services.ChronyConf.IsKnown)
        {
            return facts.Services.ChronyConf.State == FactState.Missing
                ? Finding.NotApplicable("chrony is not configured on this machine", evidence)
                : Finding.Unknown("chrony's configuration", facts.Services.ChronyConf);
        }

        var remedy = PhcRemedy.AddRefclock(facts, clock, HostClock.NameOf(facts, clock), TimeScale.LooksLikeTai(facts, clock));
        return Finding.Info($"chrony does not use the hypervisor's clock {clock.Device} ({clock.ClockName})", evidence)
            with
        { Remedy = remedy };
    }

    private static Finding JudgeOne(MachineFacts facts, ConfigDirective refclock)
    {
        var device = Refclocks.Device(refclock);
        var evidence = new EvidenceItem("chrony", refclock.ToString(), refclock.Source);
        if (!device.StartsWith('/'))
            return Finding.Info($"chrony reads the PTP clock of the network interface {device}, not the hypervisor's", evidence);
        var usual = HostClock.Of(facts);
        if (!facts.Devices.PtpClocks.IsKnown)
            return ByName(facts, device, usual, evidence);
        var clock = HostClock.Find(facts, device);
        if (clock is null)
            return Absent(facts, device, usual, evidence);
        if (!HostClock.Is(clock))
            return OfAnotherClock(facts, refclock, device, clock, evidence);
        if (TimeScaleProblem(facts, refclock, clock, evidence) is { } problem)
            return problem;
        if (!HostClock.IsNumber(device))
            return Finding.Pass($"chrony reads {device} ({clock.ClockName})", evidence);
        var stable = HostClock.NameOf(facts, clock);
        return stable == clock.Device
            ? Finding.Info($"chrony reads {device} ({clock.ClockName}), which has no stable name", evidence)
            : Finding.Warning($"chrony reads {device} by its number, which another clock may have after a reboot",
                UseName(facts, refclock, clock, device, stable), evidence);
    }

    /// <summary>An image: the devices are not there to be looked at.</summary>
    private static Finding ByName(MachineFacts facts, string device, HostClock? usual, EvidenceItem evidence)
    {
        if (!HostClock.IsNumber(device))
            return Finding.Pass($"chrony reads {device}", evidence);
        return usual?.StableName is { } stable
            ? Finding.Warning($"chrony reads {device} by its number, which another clock may have",
                UseName(facts, null, null, device, stable), evidence)
            : Finding.Unknown("the PTP clocks", facts.Devices.PtpClocks);
    }

    private static Finding Absent(MachineFacts facts, string device, HostClock? usual, EvidenceItem evidence)
    {
        var remedy = HostClock.All(facts) is [var clock, ..]
            ? UseName(facts, null, clock, device, HostClock.NameOf(facts, clock))
            : new Remedy($"Load {usual?.Module ?? "the clock's module"} at boot, or take the line out of {evidence.Source}");
        var chrony = facts.Services.TimeServices.Or([]).FirstOrDefault(s => s.Kind == TimeServiceKind.Chronyd);
        return chrony is not null && chrony.Running.Is(r => !r) && !facts.Services.Running.Any(s => s.DisciplinesSystemClock)
            ? Finding.Critical($"chrony is to read {device}, which does not exist: chronyd cannot start", remedy, evidence)
            : Finding.Warning($"chrony is to read {device}, which does not exist: chronyd does not start without it", remedy, evidence);
    }

    private static Finding OfAnotherClock(MachineFacts facts, ConfigDirective refclock, string device, PtpClock clock,
        EvidenceItem evidence)
    {
        if (HostClock.IsNumber(device) && HostClock.All(facts) is [var right, ..])
        {
            return Finding.Warning(
                $"chrony reads {device}, which is the clock '{clock.ClockName}' and not the hypervisor's ({right.Device})",
                UseName(facts, refclock, right, device, HostClock.NameOf(facts, right)), evidence);
        }

        return Finding.Info($"chrony reads the clock '{clock.ClockName}' at {device}, which is not the hypervisor's", evidence);
    }

    private static Finding? TimeScaleProblem(MachineFacts facts, ConfigDirective refclock, PtpClock clock, EvidenceItem evidence)
    {
        var tai = refclock.Has("tai");
        if (!tai && TimeScale.LooksLikeTai(facts, clock))
        {
            return Finding.Warning($"{clock.Device} is ahead by TAI - UTC: it seems to show TAI, but its refclock line lacks 'tai'",
                new Remedy($"Add the option tai to the line in {refclock.Source}",
                    ByDistribution.Restart(facts, ByDistribution.ChronyUnit(facts))), evidence);
        }

        if (tai && TimeScale.IsAheadByTai(facts, clock))
        {
            return Finding.Warning(
                $"the system clock is ahead of {clock.Device} by TAI - UTC: the clock seems to show UTC, but its refclock line says 'tai'",
                new Remedy($"Take the option tai out of the line in {refclock.Source}",
                    ByDistribution.Restart(facts, ByDistribution.ChronyUnit(facts))), evidence);
        }

        return null;
    }

    private static Remedy UseName(MachineFacts facts, ConfigDirective? refclock, PtpClock? clock, string device, string stable)
    {
        var file = refclock is null ? ByDistribution.ChronyFile(facts) : refclock.File;
        var commands = new List<string>();
        if (clock is { StableNames.Count: 0 } && !HostClock.IsNumber(stable))
            commands.AddRange(PhcRemedy.MakeLink(clock, stable));
        commands.Add($"sed -i 's|{device}|{stable}|' {(file.Length > 0 ? file : ByDistribution.ChronyFile(facts))}");
        commands.Add(ByDistribution.Restart(facts, ByDistribution.ChronyUnit(facts)));
        return new($"Name {stable} in place of {device}", commands);
    }

    private static string Name(TimeServiceKind kind) => kind switch
    {
        TimeServiceKind.Timesyncd => "systemd-timesyncd",
        TimeServiceKind.NtpdRs => "ntpd-rs",
        TimeServiceKind.Openntpd => "OpenNTPD",
        TimeServiceKind.Ntpsec => "NTPsec",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
