using Guestclock.Checks;
using Guestclock.Checks.Domain;
using Guestclock.Testing;
using Guestclock.Tests.Formats;

namespace Guestclock.Tests.Checks.Domain;

public class DomainAgentChannelTests() : CheckTests(new DomainAgentChannel())
{
    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("virt-manager's guests", DomainFactsOf.Host(DomainSamples.Linux, DomainSamples.Windows), CheckStatus.Pass),
        new CheckRow("Proxmox with the agent on", DomainFactsOf.Processes(DomainSamples.ProxmoxLinux), CheckStatus.Pass),
        new CheckRow("Proxmox with the agent off", DomainFactsOf.Processes(DomainSamples.ProxmoxWindows), CheckStatus.Info,
            "qm set 101 --agent enabled=1"),
        new CheckRow("nova without it", DomainFactsOf.Host(DomainSamples.Nova), CheckStatus.Info, "hw_qemu_guest_agent"),
        new CheckRow("without it", DomainFactsOf.Host(DomainFactsOf.Linux("org.qemu.guest_agent.0", "other")), CheckStatus.Info,
            "virsh edit deb12"),
        new CheckRow("nobody answers", DomainFactsOf.Host(DomainSamples.Status), CheckStatus.Info, "no agent answers"),
        .. DomainFactsOf.Common(DomainSamples.Linux).Select(r =>
            new CheckRow(r.Name, r.Facts,
            r.Status == CheckStatus.Unknown && r.Name.StartsWith("processes", StringComparison.Ordinal) ? CheckStatus.Info : r.Status)),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new DomainAgentChannel(), row);
}
