using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Judging;

namespace Guestclock.Reports;

/// <summary>The words that people read for the values that programs read.</summary>
public static class Words
{
    /// <summary>Characters of one text; a page.</summary>
    private const int Longest = 2000;

    public static string Of(CheckStatus status) => status switch
    {
        CheckStatus.Pass => "pass",
        CheckStatus.Info => "info",
        CheckStatus.Warning => "warning",
        CheckStatus.Critical => "critical",
        CheckStatus.NotApplicable => "not applicable",
        _ => "unknown",
    };

    public static string Of(VerdictStatus status) => status switch
    {
        VerdictStatus.Ok => "OK",
        VerdictStatus.Warning => "WARNING",
        VerdictStatus.Critical => "CRITICAL",
        _ => "UNKNOWN",
    };

    public static string Of(ChainLink link) => link switch
    {
        ChainLink.HostTsc => "host TSC",
        ChainLink.HostClockSource => "host clock source",
        ChainLink.HostTimeService => "host time service",
        ChainLink.KvmClock => "KVM clock",
        ChainLink.VmDefinition => "VM definition",
        ChainLink.GuestClockSource => "guest clock source",
        ChainLink.GuestPhc => "guest PHC",
        ChainLink.GuestTimeService => "guest time service",
        _ => "guest agent",
    };

    /// <summary>The link of a check; where the machine's role is not known, neither is whether it is a host's or a guest's.</summary>
    public static string Link(JudgedCheck check, MachineFacts facts)
    {
        var name = Of(check.Link);
        return facts.Identity.Roles.IsKnown ? name
            : check.Link is ChainLink.HostTimeService or ChainLink.HostClockSource or ChainLink.HostTsc ? name["host ".Length..] : name;
    }

    public static string Of(Role role) => role switch
    {
        Role.BareMetal => "bare metal",
        Role.KvmHost => "KVM host",
        Role.KvmGuest => "KVM guest",
        Role.XenDom0 => "Xen dom0",
        Role.XenGuest => "Xen guest",
        Role.HyperVGuest => "Hyper-V guest",
        Role.VmwareGuest => "VMware guest",
        Role.VirtualBoxGuest => "VirtualBox guest",
        Role.Container => "container",
        _ => "guest",
    };

    /// <summary>One line: hostname, system, kernel, roles; what is not known is left out.</summary>
    public static string Machine(IdentityFacts identity)
    {
        var parts = new List<string>();
        if (identity.Hostname.TryGet(out var host))
            parts.Add(host);
        if (identity.Os.TryGet(out var os))
            parts.Add(os.PrettyName);
        if (identity.KernelRelease.TryGet(out var kernel))
            parts.Add($"kernel {kernel}");
        parts.Add(identity.Roles.TryGet(out var roles) && roles.Count > 0 ? string.Join(", ", roles.Select(Of)) : "role not known");
        if (identity.Hypervisor.Is(h => h == Hypervisor.Tcg))
            parts.Add("emulated by QEMU");
        return string.Join(" · ", parts);
    }

    /// <summary>A text on one line, without control characters and not longer than a page: it comes from outside and goes to a
    /// terminal.</summary>
    public static string Plain(string text)
    {
        if (text.Length > Longest)
            text = $"{text.AsSpan(0, Longest)}…";
        if (!text.Any(char.IsControl))
            return text;
        return string.Concat(text.Select(c => c is '\n' or '\t' or '\r' ? ' ' : char.IsControl(c) ? '\uFFFD' : c));
    }
}
