using Guestclock.Lab.Guests;

namespace Guestclock.EndToEnd.Guests;

/// <summary>The guests that tests boot and that are recorded as machines.</summary>
public static class GuestVariants
{
    /// <summary>All of them; those with chrony have a server wherever <see cref="SharedGuests"/> boots them.</summary>
    public static IReadOnlyList<GuestVariant> All { get; } =
    [
        // Linux 6.1 trusts an emulated TSC only where there is one CPU; Linux 7.2 trusts it on two.
        New("tsc", GuestKernel.Linux61) with { Cpus = 1 },
        New("tsc-chrony", GuestKernel.Linux61) with { Cpus = 1, Chrony = true, Agent = true },
        New("smp", GuestKernel.Linux61),
        New("hpet", GuestKernel.Linux61) with { Parameters = "clocksource=hpet" },
        New("acpi_pm-chrony", GuestKernel.Linux61) with { Parameters = "clocksource=acpi_pm", Chrony = true },
        New("notsc", GuestKernel.Linux61) with { Parameters = "notsc" },
        New("ptp", GuestKernel.Linux61Full) with { Cpus = 1, PtpCard = true, Modules = ["igb"] },
        New("tsc", GuestKernel.Linux72),
        New("tsc-chrony", GuestKernel.Linux72) with { Chrony = true, Agent = true },
        New("hpet-chrony", GuestKernel.Linux72) with { Parameters = "clocksource=hpet", Chrony = true },
        New("acpi_pm", GuestKernel.Linux72) with { Parameters = "clocksource=acpi_pm" },
        New("notsc", GuestKernel.Linux72) with { Parameters = "notsc" },
        New("vmclock", GuestKernel.Linux72) with { VmClock = true, Chrony = true, Agent = true, Modules = ["ptp_kvm", "ptp_vmclock"] },
    ];

    /// <summary>Finds one by its name.</summary>
    public static GuestVariant Named(string name) => All.Single(variant => variant.Name == name);

    private static GuestVariant New(string name, GuestKernel kernel) => new($"qemu-tcg-{kernel.Version}-{name}", kernel);
}
