using Guestclock.Checks.Tsc;
using Guestclock.Facts;
using Guestclock.Remedies;

namespace Guestclock.Checks.ClockSource;

/// <summary>How to bring a machine to the clock source that suits it.</summary>
public static class SourceRemedy
{
    /// <summary>The current source, and where another one is chosen.</summary>
    public const string CurrentFile = "/sys/devices/system/clocksource/clocksource0/current_clocksource";

    /// <summary>The source that a remedy switches to now; null where it switches to none.</summary>
    public static string? Chosen(Remedy remedy) => remedy.Commands.Select(c => c.Split(' ')).FirstOrDefault(w => w is ["echo", _, ">", CurrentFile])?[1];

    /// <summary>Switches now where a better source is offered, and takes the boot parameters away that chose the present one.</summary>
    public static Remedy Switch(MachineFacts facts, string current)
    {
        var better = Best(facts);
        var forced = Forcing(facts, better);
        var commands = new List<string>();
        if (better is not null && better != current)
            commands.Add($"echo {better} > {CurrentFile}");
        if (forced.Count > 0)
        {
            var atBoot = ByDistribution.KernelArguments(facts, "Let the kernel choose its clock source", [], forced);
            return new(better is null || better == current ? atBoot.Summary
                : $"Switch to {better} now; then {char.ToLowerInvariant(atBoot.Summary[0])}{atBoot.Summary[1..]}",
                [.. commands, .. atBoot.Commands])
            { Arguments = atBoot.Arguments };
        }

        if (commands.Count > 0)
            return new($"Switch to {better} now; the kernel log says why it was not chosen (dmesg | grep -i -e clocksource -e tsc)",
                commands);
        return facts.Identity.Hypervisor.Or(Hypervisor.Unknown) switch
        {
            Hypervisor.Kvm => new("On the host, offer the guest kvm-clock (not kvm=off, not kvmclock present='no') or a TSC with invtsc; "
                + "then start the guest again"),
            Hypervisor.None => new("Find out why the kernel does not use the TSC; update the firmware, then boot again",
                "dmesg | grep -i -e clocksource -e tsc"),
            _ => new("Offer the guest the hypervisor's paravirtualised clock or a stable TSC, then boot it again"),
        };
    }

    /// <summary>The best source that is offered for this machine, or null.</summary>
    public static string? Best(MachineFacts facts)
    {
        var available = facts.Clock.AvailableSources.Or([]);
        string[] order = facts.Identity.Hypervisor.Or(Hypervisor.Unknown) switch
        {
            Hypervisor.Kvm => TscQuality.IsReliable(facts) ? ["tsc", "kvm-clock"] : ["kvm-clock"],
            Hypervisor.VirtualBox => ["kvm-clock", "tsc"],
            Hypervisor.Xen => ["xen", "tsc"],
            Hypervisor.HyperV => ["hyperv_clocksource_tsc_page", "hyperv_clocksource", "hyperv_clocksource_msr", "tsc"],
            _ => TscQuality.Marked(facts) is null ? ["tsc", "hpet", "acpi_pm"] : ["hpet", "acpi_pm"],
        };
        return order.FirstOrDefault(s =>
            available.Contains(s, StringComparer.Ordinal)) ?? (available.Contains("hpet", StringComparer.Ordinal) ? "hpet" : null);
    }

    /// <summary>Arguments of the running kernel that choose a source or take one away.</summary>
    public static IReadOnlyList<string> Forcing(MachineFacts facts, string? better = null)
    {
        if (!facts.Clock.CommandLine.TryGet(out var line))
            return [];
        return line.All.Where(a => a.Is("clocksource") && a.Value != better || a.Is("clock") || a.Is("notsc")
            || (a.Is("tsc") && a.Value == "unstable") || a.Is("no-kvmclock"))
            .Select(a => a.Text).Distinct(StringComparer.Ordinal).ToList();
    }
}
