using Guestclock.Facts;

namespace Guestclock.Checks.Domain;

/// <summary>
/// guests-synced-on-resume: something puts a guest's clock right after a pause. QEMU does not: a guest resumes late by the pause.
/// </summary>
public sealed class GuestsSyncedOnResume : Check
{
    public override string Id => "guests-synced-on-resume";

    public override string Title => "Something puts guests' clocks right after a resume";

    public override CheckGroup Group => CheckGroup.Domain;

    public override Finding Judge(MachineFacts facts, Policy policy)
    {
        var set = DomainSet.Of(facts);
        if (set.Excludes(facts) is { } excluded)
            return excluded;
        var settings = Settings(facts);
        var domains = set.Known.Where(d => d.IsLibvirt && d.Definition.Manager is null).ToList();
        if (domains.Count == 0)
            return Others(set, settings);
        if (facts.Libvirt.GuestsEnabled is { IsKnown: false, State: not FactState.Missing })
            return Finding.Unknown("whether libvirt-guests starts at boot", facts.Libvirt.GuestsEnabled);
        if (facts.Libvirt.GuestsConf is { IsKnown: false, State: not FactState.Missing })
            return Finding.Unknown("the settings of libvirt-guests", facts.Libvirt.GuestsConf);

        var guests = LibvirtGuests.Of(facts);
        if (guests.SuspendsAtShutdown && Suspending(facts, guests, domains, settings) is { } finding)
            return finding;
        return Waiting(facts, domains, settings) ?? (guests.SuspendsAtShutdown
            ? Finding.Pass("libvirt-guests sets the guests' clocks when it resumes them after a host boot", settings)
            : Finding.Info(
                "a host boot starts guests anew, but nothing sets their clocks after virsh resume, restore or a snapshot: they must step themselves",
                settings));
    }

    /// <summary>A host boot saves and resumes every guest.</summary>
    private static Finding? Suspending(MachineFacts facts, LibvirtGuests guests, List<JudgedDomain> domains, List<EvidenceItem> settings)
    {
        var file = LibvirtGuests.File(facts);
        if (!guests.SyncsTime)
        {
            return Finding.Warning(
                "libvirt-guests saves guests at host shutdown and resumes them late by the whole downtime: SYNC_TIME is off",
                new("Let libvirt-guests set the guests' clocks, through their agent; it reads this when the host shuts down and boots",
                    $"echo 'SYNC_TIME=1' >> {file}"), settings);
        }

        if (!guests.StartsAtBoot)
        {
            return Finding.Warning(
                "libvirt-guests saves guests but does not start them (ON_BOOT is ignore): who else does so leaves their clocks late",
                new("Let libvirt-guests start what it saved", $"echo 'ON_BOOT=start' >> {file}"), settings);
        }

        var deaf = domains.Where(d => !d.Definition.AgentChannel && d.State != "shut off").ToList();
        return deaf.Count == 0 ? null : Finding.Warning(
            $"libvirt-guests sets the clocks of guests through their agent, but {Names(deaf.Select(d => d.Name))} has no channel for one",
            new("Give each an agent channel (see domain-agent-channel)",
                [.. deaf.Take(8).Select(d => $"virsh edit {DomainRemedy.Quote(d.Name)}")]),
            [.. settings, .. deaf.Take(20).Select(d => new EvidenceItem(d.Name, "no agent channel", d.Source))]);
    }

    /// <summary>Guests that are paused or saved now will come back late.</summary>
    private static Finding? Waiting(MachineFacts facts, List<JudgedDomain> domains, List<EvidenceItem> settings)
    {
        var saved = facts.Libvirt.SavedDomains.Or([]);
        var late = domains.Where(d =>
            d.State is "paused" || (d.State is not "running" and not "blocked" && saved.Contains(d.Name, StringComparer.Ordinal))).ToList();
        if (late.Count == 0)
            return null;
        var commands = late.Take(8).Select(d =>
        {
            var name = DomainRemedy.Quote(d.Name);
            return $"virsh {(d.State == "paused" ? "resume" : "start")} {name} && guestclock sync --domain {name}";
        });
        return Finding.Warning(
            $"{Names(late.Select(d => d.Name))} is paused or saved now and will come back with its clock late by that time",
            new("Set the clock right after the resume, through the guest agent, or let the guest's time service step it", [.. commands]),
            [.. settings, .. late.Take(20).Select(d => new EvidenceItem(d.Name, d.State == "paused" ? "paused" : "saved", d.Source))]);
    }

    /// <summary>Machines that others than libvirt's own tools run.</summary>
    private static Finding Others(DomainSet set, List<EvidenceItem> settings)
    {
        if (set.Known.Count == 0)
            return Finding.Unknown($"the definition of {set.Unread[0].Name}", set.Unread[0].Xml);
        var managers = set.Known.Select(d => d.Definition.Manager).Distinct(StringComparer.Ordinal).ToList();
        return managers.All(m => m is "nova" or "ovirt" or "kubevirt")
            ? Finding.Info(
                $"{string.Join(" and ", managers)} resumes the guests here, and sets their clocks through the agent where it is set up to",
                settings)
            : Finding.Info("nothing here sets the clocks of guests after a resume or a snapshot: they must step themselves", settings);
    }

    private static List<EvidenceItem> Settings(MachineFacts facts)
    {
        var conf = facts.Libvirt.GuestsConf;
        var evidence = new List<EvidenceItem> { EvidenceItem.Of("libvirt-guests starts at boot", facts.Libvirt.GuestsEnabled) };
        foreach (var name in new[] { "ON_SHUTDOWN", "ON_BOOT", "SYNC_TIME" })
        {
            if (conf.TryGet(out var all))
                evidence.Add(EvidenceItem.Of(name, conf, all.GetValueOrDefault(name, "not set")));
        }

        return evidence;
    }

    private static string Names(IEnumerable<string> names)
    {
        var all = names.ToList();
        return all.Count == 1 ? all[0] : $"each of {all.Count} guests ({string.Join(", ", all.Take(5))}{(all.Count > 5 ? " …" : "")})";
    }
}
