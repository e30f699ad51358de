using Guestclock.Formats;
using Guestclock.Linux.Kvm;
using Guestclock.Linux.Kvm.Experiments;
using Guestclock.Linux.Kvm.Guests;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Linux.Tests.Kvm;

/// <summary>Guests that do what a hypercall may do, in its place.</summary>
[Collection(LiveKvm.Name)]
public class ClockPairingTests
{
    private static readonly KvmProbeOptions Patient = LiveKvm.Short with { HypercallLimit = TimeSpan.FromSeconds(20) };

    [Fact]
    public void An_answer_is_compared_with_the_hosts_clock_at_the_same_instant() => LiveKvm.With(Patient, bench =>
    {
        // 2001-09-09 01:46:40 UTC, at the guest's TSC of now.
        var pairing = ClockPairing.Ask(bench, "a program", new MachineCode()
            .Add("rdtsc", 0x0F, 0x31)
            .Add("shl rdx, 32", 0x48, 0xC1, 0xE2, 0x20)
            .Add("or rax, rdx", 0x48, 0x09, 0xD0)
            .Add("mov [rbx+16], rax", 0x48, 0x89, 0x43, 0x10)
            .Add("mov qword [rbx], 1000000000", 0x48, 0xC7, 0x03, 0x00, 0xCA, 0x9A, 0x3B)
            .Add("xor eax, eax", 0x31, 0xC0)
            .Add("hlt", 0xF4));
        Assert.Equal((PairingOutcome.Answered, 0L), (pairing.Outcome, pairing.Result));
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        Assert.InRange(-pairing.PairOffsetNs!.Value / 1_000_000_000, now - 1_000_000_010, now - 999_999_990);
        Assert.InRange(pairing.PairBoundNs!.Value, 1, 1_000_000_000);
    });

    [Fact]
    public void A_refusal_has_its_number() => LiveKvm.With(Patient, bench =>
    {
        var pairing = ClockPairing.Ask(bench, "a program", new MachineCode().Add("mov rax, -95", 0x48, 0xC7, 0xC0, 0xA1, 0xFF, 0xFF, 0xFF).Add("hlt", 0xF4));
        Assert.Equal(new(PairingOutcome.Refused, -95, null, null, "a program from ring 0 in 64-bit mode"), pairing);
    });

    [Fact]
    public void What_never_returns_and_what_faults_are_told_apart() => LiveKvm.With(Patient, bench =>
    {
        var hung = ClockPairing.Ask(bench with { Options = LiveKvm.Short }, "a program", GuestPrograms.Spin);
        Assert.Equal(new(PairingOutcome.NeverReturned, null, null, null, "a program from ring 0 in 64-bit mode, for 10 ms"), hung);
        var faulted = ClockPairing.Ask(bench, "a program", new MachineCode().Add("ud2", 0x0F, 0x0B));
        Assert.Equal(PairingOutcome.Faulted, faulted.Outcome);
        Assert.Contains("KVM_EXIT_", faulted.Detail, StringComparison.Ordinal);
    });

    [Fact]
    public void An_answer_that_is_no_time_is_refused() => LiveKvm.With(Patient, bench =>
        Assert.Throws<MalformedInputException>(() => ClockPairing.Ask(bench, "a program", new MachineCode()
            .Add("mov qword [rbx], -1", 0x48, 0xC7, 0x03, 0xFF, 0xFF, 0xFF, 0xFF)
            .Add("xor eax, eax", 0x31, 0xC0)
            .Add("hlt", 0xF4))));
}
