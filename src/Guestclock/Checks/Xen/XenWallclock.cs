using Guestclock.Facts;
using Guestclock.Remedies;

namespace Guestclock.Checks.Xen;

/// <summary>
/// xen-wallclock: independent_wallclock of old XenLinux guest kernels is set where it works and not left over where it does not.
/// </summary>
public sealed class XenWallclock : Check
{
    public override string Id => "xen-wallclock";

    public override string Title => "No Xen wall clock setting is missing or left over";

    public override CheckGroup Group => CheckGroup.Xen;

    public override Finding Judge(MachineFacts facts, Policy policy)
    {
        var xen = facts.Xen;
        var settings = xen.IndependentWallclockSettings;
        var arguments = facts.Clock.CommandLine.Or(facts.Boot.DefaultEntry?.Arguments ?? Formats.KernelArguments.Parse(""));
        var argument = arguments.Find("independent_wallclock") ?? arguments.Find("xen.independent_wallclock");
        var lines = settings.Or([]);
        List<EvidenceItem> evidence = [EvidenceItem.Of("independent_wallclock", xen.IndependentWallclock)];
        evidence.AddRange(lines.Select(l => new EvidenceItem("setting", "independent_wallclock", l)));
        if (argument is not null)
            evidence.Add(new("kernel parameter", argument.Text, facts.Clock.CommandLine.Source));
        if (facts.Clock.CurrentSource.IsKnown)
            evidence.Add(EvidenceItem.Of("clock source", facts.Clock.CurrentSource));

        if (xen.IndependentWallclock.TryGet(out var value))
            return Running(value, lines.Count > 0 || argument is not null, settings.IsKnown, evidence);
        if (lines.Count > 0 || argument is not null)
        {
            var where = lines.Count > 0 ? string.Join(", ", lines) : $"the kernel parameter {argument!.Text}";
            if (xen.IndependentWallclock.State is FactState.NotRecorded)
                return Finding.Info($"independent_wallclock is set in {where}; only XenLinux kernels (SLES 10 and 11, RHEL 5) know it",
                    evidence);
            return Finding.Info($"independent_wallclock in {where} is left over: this kernel does not know it, and the guest keeps "
                + "its own time anyway", evidence) with
            {
                Remedy = Remove(facts, lines, argument),
            };
        }

        if (xen.IndependentWallclock.State is FactState.Missing && settings.IsKnown)
        {
            return facts.Has(Role.XenGuest) || facts.Has(Role.XenDom0)
                ? Finding.Pass("this kernel keeps its own time and has no left-over setting", evidence)
                : Finding.NotApplicable("this machine has nothing to do with Xen");
        }

        var isXen = facts.Has(Role.XenGuest) || facts.Has(Role.XenDom0)
            || !(facts.Identity.Roles.IsKnown || facts.Identity.Hypervisor.IsKnown);
        return isXen ? Finding.Unknown("independent_wallclock", settings.IsKnown ? xen.IndependentWallclock : settings)
            : Finding.NotApplicable("this machine has nothing to do with Xen");
    }

    private static Remedy Remove(MachineFacts facts, IReadOnlyList<string> lines, Formats.KernelArgument? argument)
    {
        const string Why = "Remove the setting; run a time service in the guest";
        var commands = lines.Select(l => $"sed -i '{l[(l.LastIndexOf(':') + 1)..]}d' {l[..Math.Max(0, l.LastIndexOf(':'))]}");
        if (argument is null)
            return new(Why, [.. commands]);
        var boot = ByDistribution.KernelArguments(facts, Why, [], [argument.Text]);
        return boot with { Commands = [.. commands, .. boot.Commands] };
    }

    private static Finding Running(string value, bool isSet, bool settingsKnown, IReadOnlyList<EvidenceItem> evidence) => value switch
    {
        "1" when isSet || !settingsKnown =>
            Finding.Pass("the guest keeps its own wall clock, which its time service disciplines", evidence),
        "1" => Finding.Warning("the guest keeps its own wall clock now, but no file sets that at boot: after a reboot its time "
            + "service has no effect",
            new Remedy("Write the setting into /etc/sysctl.conf", "echo 'xen.independent_wallclock = 1' >> /etc/sysctl.conf"), evidence),
        "0" => Finding.Info("the guest's wall clock follows dom0's: dom0 must be synchronised, and a time service in the guest has no "
            + "effect", evidence),
        _ => Finding.Info($"independent_wallclock has the value '{value}'", evidence),
    };
}
