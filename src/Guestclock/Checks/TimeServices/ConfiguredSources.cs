using Guestclock.Facts;
using Guestclock.Remedies;

namespace Guestclock.Checks.TimeServices;

/// <summary>Judges the sources that a configuration names, where the service itself does not tell which it hears.</summary>
internal static class ConfiguredSources
{
    private const string Remark = "judged by the configuration; whether the sources answer is not known";

    public static Finding Judge(MachineFacts facts, Policy policy, TimeService service)
    {
        if (service.Kind == TimeServiceKind.Phc2sys)
            return Finding.Pass("phc2sys copies a PTP hardware clock to the system clock", Situation.Evidence(service))
                with
            { Reason = Remark };
        var conf = (IFact)(service.Kind == TimeServiceKind.Chronyd ? facts.Services.ChronyConf : facts.Services.NtpConf);
        // Without a file timesyncd uses its built-in servers, busybox's ntpd those of its command line.
        if (conf.State == FactState.Missing && (service.Kind == TimeServiceKind.Timesyncd
            || service.Arguments.Contains("-p", StringComparer.Ordinal)))
            return Finding.Pass($"{service.Name} uses the servers that it was built or started with", Situation.Evidence(service))
                with
            { Reason = Remark };
        if (!conf.IsKnown)
            return Finding.Unknown($"the configuration of {service.Name}", conf);
        var sources = service.Kind == TimeServiceKind.Chronyd ? ConfiguredSource.Of(facts.Services.ChronyConf.Value!)
            : ConfiguredSource.Of(facts.Services.NtpConf.Value!);
        var evidence = sources.Select(s => new EvidenceItem(s.Kind.ToString().ToLowerInvariant(), s.Name, s.Source)).ToList();
        if (sources.Count == 0)
            return None(facts, service, conf);

        // A pool stands for several servers.
        var count = sources.Sum(s => s.Kind == ConfiguredSourceKind.Pool ? 4 : 1);
        if (count < policy.MinimumSources)
            return Finding.Warning(
                $"{service.Name} is configured with {count} time {(count == 1 ? "source" : "sources")}, {policy.MinimumSources} wanted",
                new Remedy("Configure more servers"), evidence);
        var ntpOnly = sources.All(s => s.IsNtp);
        return count switch
        {
            1 when ntpOnly => Finding.Info($"{sources[0].Name} is the only source of {service.Name}: if it fails or lies, nothing notices",
                evidence) with
            { Reason = Remark },
            2 when ntpOnly => Finding.Info($"{service.Name} has only two sources: if they disagree, neither can be outvoted", evidence)
                with
            { Reason = Remark },
            _ => Finding.Pass($"{service.Name} is configured with {string.Join(", ", sources.Take(4).Select(s => s.Name))}", evidence)
                with
            { Reason = Remark },
        };
    }

    private static Finding None(MachineFacts facts, TimeService service, IFact conf)
    {
        var evidence = new EvidenceItem("sources", "none configured", conf.Source);
        if (service.Kind == TimeServiceKind.Timesyncd)
            return Finding.Pass("systemd-timesyncd uses its built-in servers or those of DHCP", evidence) with { Reason = Remark };
        var isFed = service.Kind == TimeServiceKind.Chronyd && facts.Services.ChronyConf.Value!.All("sourcedir").Any();
        if (isFed)
            return Finding.Info("chrony's configuration names no time source; only DHCP or a file in its sourcedir can bring one",
                evidence);
        var remedy = new Remedy("Add servers, or in a guest the host's PHC (see phc-refclock)");
        return service.Kind == TimeServiceKind.Chronyd && facts.Services.ChronyConf.Value!.Last("local") is not null
            ? Finding.Warning("chronyd is configured with no source but its own clock ('local')", remedy, evidence)
            : Finding.Critical($"{service.Name} is configured with no time source", remedy, evidence);
    }
}
