using Guestclock.Checks;
using Guestclock.Checks.Kvm;
using Guestclock.Facts;
using Guestclock.Testing;

namespace Guestclock.Tests.Checks.Kvm;

public class KvmUsableTests() : CheckTests(new KvmUsable())
{
    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("a sound host", KvmFactsOf.Host(KvmFactsOf.Sound), CheckStatus.Pass, "12"),
        new CheckRow("no device", KvmFactsOf.Host(KvmFactsOf.Missing), CheckStatus.Warning, "modprobe kvm_intel"),
        new CheckRow("no device on AMD",
            KvmFactsOf.Host(KvmFactsOf.Missing) with { Cpu = new() { Cpus = Some.List(Some.Cpu(0) with { Vendor = "AuthenticAMD" }) } },
            CheckStatus.Warning, "modprobe kvm_amd"),
        new CheckRow("no device on arm64",
            Some.Arm() with { Kvm = KvmFactsOf.Missing, Identity = Some.KvmHost().Identity with { Architecture = Some.Known("aarch64") } },
            CheckStatus.Warning, "dmesg"),
        new CheckRow("a strange API", KvmFactsOf.Host(KvmFactsOf.Sound with { ApiVersion = Some.Known(11L) }), CheckStatus.Warning,
            "version 11"),
        new CheckRow("another hypervisor holds the CPU",
            KvmFactsOf.Host(KvmFactsOf.Sound with { MakesMachines = Some.Not<bool>(FactState.Failed,
            "KVM answered create-vm with EBUSY") }),
            CheckStatus.Warning, "EBUSY"),
        new CheckRow("not root", KvmFactsOf.Host(KvmFactsOf.Denied), CheckStatus.Unknown, "Permission denied"),
        new CheckRow("machines not tried",
            KvmFactsOf.Host(KvmFactsOf.Sound with { MakesMachines = Some.Not<bool>(FactState.Unsupported) }), CheckStatus.Unknown),
        new CheckRow("a guest", Some.KvmGuest() with { Kvm = KvmFactsOf.Missing }, CheckStatus.NotApplicable, "not a KVM host"),
        new CheckRow("a guest that defines KVM domains",
            Some.KvmGuest() with { Kvm = KvmFactsOf.Missing, Libvirt = Domain.DomainFactsOf.Libvirt(Formats.DomainSamples.Linux) },
            CheckStatus.Warning, "/dev/kvm"),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new KvmUsable(), row);
}
