namespace Guestclock.Formats.KernelMessages;

/// <summary>Kernel messages that name the hypervisor (arch/x86/kernel/cpu/hypervisor.c, arch/x86/kernel/paravirt.c,
/// drivers/firmware/smccc).</summary>
public static class HypervisorMessage
{
    /// <summary><c>KVM</c>, <c>Xen</c>, <c>VMware</c>, <c>Hyper-V</c>, another name; null for other lines.</summary>
    public static string? Read(string text)
    {
        if (After(text, "Hypervisor detected: ") is { } detected)
            return Short(detected);
        if (text.Contains("KVM: hypervisor services detected", StringComparison.Ordinal)
            || text.Contains("GTOD KVM timer", StringComparison.Ordinal))
            return "KVM";
        if (After(text, "Booting paravirtualized kernel on ") is not { } booted
            || booted.StartsWith("bare hardware", StringComparison.Ordinal))
            return After(text, "DMI: ") is { } dmi ? FromDmi(dmi) : null;
        return Short(booted);
    }

    /// <summary>The first words of the machine's DMI strings; they stand in the log since 2.6.39 and come before the other lines.</summary>
    private static string? FromDmi(string text) =>
        text.StartsWith("VMware", StringComparison.Ordinal) ? "VMware"
        : text.StartsWith("Microsoft Corporation Virtual Machine", StringComparison.Ordinal) ? "Hyper-V"
        : null;

    private static string Short(string text) =>
        text.StartsWith("KVM", StringComparison.Ordinal) ? "KVM"
        : text.StartsWith("Xen", StringComparison.Ordinal) ? "Xen"
        : text.StartsWith("VMware", StringComparison.Ordinal) ? "VMware"
        : text.StartsWith("Microsoft", StringComparison.Ordinal) ? "Hyper-V"
        : text.Trim();

    private static string? After(string text, string mark)
    {
        var at = text.IndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? null : text[(at + mark.Length)..];
    }
}
