using Guestclock.Facts;
using Guestclock.Remedies;

namespace Guestclock.Checks.Phc;

/// <summary>phc-loaded-at-boot: the module behind the hypervisor's clock comes back after a reboot.</summary>
public sealed class PhcLoadedAtBoot : Check
{
    public override string Id => "phc-loaded-at-boot";

    public override string Title => "The module of the hypervisor's clock is loaded at boot";

    public override CheckGroup Group => CheckGroup.Phc;

    public override Finding Judge(MachineFacts facts, Policy policy)
    {
        if (HostClock.NotHere(facts) is { } not)
            return not;
        var clock = HostClock.Of(facts);
        if (clock is null)
            return Finding.NotApplicable("no module is known that shows this hypervisor's clock");
        var modules = facts.Modules;
        if (modules.BuiltIn.Is(b => b.Contains(clock.Module)) || IsBuiltIn(modules, clock))
            return Finding.Pass($"{clock.Module} is built into the kernel");
        if (clock.Module != "ptp_kvm")
            return Finding.NotApplicable($"the kernel loads {clock.Module} by itself when it finds the device");
        if (!modules.LoadedAtBoot.TryGet(out var atBoot))
            return Finding.Unknown("the modules that are loaded at boot", modules.LoadedAtBoot);

        var refclock = Refclocks.Of(facts).FirstOrDefault(r => Refclocks.Means(facts, r, clock));
        var prevented = modules.Blacklisted.Is(b => b.ContainsKey(clock.Module));
        if (atBoot.TryGetValue(clock.Module, out var file))
        {
            var evidence = new EvidenceItem("loaded at boot", clock.Module, file);
            return prevented
                ? Prevented(clock, file, modules.Blacklisted.Value![clock.Module], evidence)
                : Finding.Pass($"{file} loads {clock.Module}", evidence);
        }

        return NotAtBoot(facts, clock, refclock);
    }

    private static Finding Prevented(HostClock clock, string file, string by, EvidenceItem evidence) =>
        Finding.Warning($"{file} asks for {clock.Module} at boot, but {by} keeps it from loading",
            new($"Take {clock.Module} out of {by}"), evidence);

    private static Finding NotAtBoot(MachineFacts facts, HostClock clock, ConfigDirective? refclock)
    {
        var remedy = new Remedy($"Have {clock.Module} loaded at every boot", PhcRemedy.AtBoot(facts, clock.Module));
        var evidence = EvidenceItem.Of("loaded at boot", facts.Modules.LoadedAtBoot, $"no {clock.Module}");
        if (refclock is not null)
        {
            return Finding.Warning($"chrony needs {clock.Module}, which nothing loads at boot: after a reboot chronyd does not start",
                remedy, evidence, new("chrony", refclock.ToString(), refclock.Source));
        }

        var isThere = facts.Devices.PtpClocks.Or([]).Any(c => c.ClockName == clock.ClockName)
            || facts.Modules.Loaded.Is(l => l.Contains(clock.Module));
        return isThere
            ? Finding.Info($"{clock.Module} is loaded now, but nothing loads it at boot", evidence) with { Remedy = remedy }
            : Finding.NotApplicable($"{clock.Module} is not in use (phc-available says why)", evidence);
    }

    private static bool IsBuiltIn(ModuleFacts modules, HostClock clock) =>
        modules.Configured.Is(c => c.TryGetValue(clock.Option, out var value) && value == "y");
}
