using Guestclock.Facts;
using Guestclock.Remedies;

namespace Guestclock.Checks.Boot;

/// <summary>boot-parameters-persist: the running kernel's timekeeping parameters and those of the boot configuration agree.</summary>
public sealed class BootParametersPersist : Check
{
    public override string Id => "boot-parameters-persist";

    public override string Title => "The timekeeping parameters of the running kernel survive a reboot and a kernel update";

    public override CheckGroup Group => CheckGroup.Boot;

    public override Finding Judge(MachineFacts facts, Policy policy)
    {
        if (facts.Has(Role.Container))
            return Finding.NotApplicable("a container runs on its host's kernel");
        if (facts.Identity.Os.Is(o => o.Family == OsFamily.Windows))
            return Finding.NotApplicable("Windows has no kernel command line");
        var places = BootPlaces.Of(facts);
        if (places.Count == 0)
            return NoPlaces(facts);
        var running = facts.Clock.CommandLine;
        if (BootPlaces.AreNotUsed(facts))
            return Finding.NotApplicable("the hypervisor starts the kernel and gives its parameters: they do not come from the boot "
                + "loader (no BOOT_IMAGE=)", EvidenceItem.Of("command line", running));
        if (!running.IsKnown && places.Count == 1)
            return Finding.NotApplicable($"only {places[0].Name} is known, and there is nothing to compare it with");

        var reference = running.IsKnown ? TimeParameters.Of(running.Value!)
            : TimeParameters.Of((places.FirstOrDefault(p => p.IsNextBoot) ?? places[0]).Arguments);
        var referenceName = running.IsKnown ? "the running kernel" : places.FirstOrDefault(p => p.IsNextBoot)?.Name ?? places[0].Name;
        return Compare(facts, places, reference, referenceName);
    }

    private static Finding NoPlaces(MachineFacts facts) => facts.Boot.Entries.State switch
    {
        FactState.Missing when facts.IsGuest =>
            Finding.NotApplicable("there is no boot loader configuration: the hypervisor starts the kernel and gives its parameters"),
        FactState.Missing => Finding.NotApplicable(facts.Boot.Entries.Why ?? "there is no boot loader configuration"),
        FactState.Known => Finding.NotApplicable("the boot configuration has no ordinary Linux entry to compare"),
        _ => Finding.Unknown("the boot configuration", facts.Boot.Entries),
    };

    private static Finding Compare(MachineFacts facts, IReadOnlyList<BootPlace> places, IReadOnlyList<string> reference,
        string referenceName)
    {
        var evidence = new List<EvidenceItem> { new(referenceName, Shown(reference), referenceName == "the running kernel"
            ? facts.Clock.CommandLine.Source : referenceName) };
        var lost = new List<string>();
        var pending = new List<string>();
        var lacked = new List<string>();
        var elsewhere = new List<string>();
        foreach (var place in places)
        {
            var there = TimeParameters.Of(place.Arguments);
            evidence.Add(new(place.Name, Shown(there), place.Name.Split(' ')[0]));
            var lacks = reference.Except(there, TimeParameters.Comparer).ToList();
            var more = there.Except(reference, TimeParameters.Comparer).ToList();
            if (lacks.Count > 0 && place.IsOther)
                elsewhere.Add($"{place.Name} lacks {string.Join(' ', lacks)}");
            else if (lacks.Count > 0)
            {
                lost.Add($"{place.Name} lacks {string.Join(' ', lacks)}");
                lacked.AddRange(lacks);
            }

            if (more.Count > 0)
                pending.Add($"{place.Name} has {string.Join(' ', more)} besides");
        }

        evidence.AddRange(facts.Boot.Unread.Select(u => new EvidenceItem("not read", u, u.Split(':')[0])));
        if (lost.Count > 0)
        {
            var add = lacked.Distinct(StringComparer.Ordinal).ToList();
            return Finding.Warning($"{Listed(lost)}, which {referenceName} has: a reboot or a kernel update loses it",
                Remedy(facts, add, places, reference), evidence);
        }

        if (elsewhere.Count > 0)
            return Finding.Info($"{Listed(elsewhere)}, which {referenceName} has: booting that entry loses it", evidence);
        if (pending.Count > 0)
            return Finding.Info($"{Listed(pending)} what {referenceName} has; it takes effect with the next boot from there", evidence);
        return Finding.Pass(reference.Count == 0
            ? $"no timekeeping parameter is set, neither in {referenceName} nor in the boot configuration"
            : $"{Shown(reference)} of {referenceName} stands in {places.Count} of {places.Count} places of the boot configuration",
            evidence);
    }

    // A template that lacks it needs an editor besides the tool that changes the entries.
    private static Remedy Remedy(MachineFacts facts, IReadOnlyList<string> add, IReadOnlyList<BootPlace> places,
        IReadOnlyList<string> reference)
    {
        var remedy = ByDistribution.KernelArguments(facts,
            "Write the parameters of the running kernel into the boot configuration, if they are wanted", add, []);
        var templates = places.Where(p => p.Name.StartsWith("/etc/", StringComparison.Ordinal) && p.Name is not ("/etc/grub.conf")
            && reference.Except(TimeParameters.Of(p.Arguments), TimeParameters.Comparer).Any()
            && !remedy.Commands.Any(c => c.Contains(p.Name.Split(' ')[0], StringComparison.Ordinal)));
        return remedy with
        {
            Commands = [.. remedy.Commands,
            .. templates.Select(t => $"vi {t.Name.Split(' ')[0]}   # add {string.Join(' ', add)}")]
        };
    }

    private static string Shown(IReadOnlyList<string> parameters) => parameters.Count == 0 ? "none" : string.Join(' ', parameters);

    private static string Listed(List<string> sentences) =>
        sentences.Count <= 2 ? string.Join(", ", sentences) : $"{sentences[0]}, {sentences[1]} and {sentences.Count - 2} more";
}
