using System.Buffers.Binary;
using Guestclock.Facts;
using Guestclock.Linux.Kvm.Calls;
using Guestclock.Linux.Kvm.Guests;
using Guestclock.Linux.Kvm.Timing;
using Guestclock.Protocols.PvClock;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Linux.Kvm.Experiments;

/// <summary>The hypercall KVM_HC_CLOCK_PAIRING from ring 0 of 64-bit mode (Documentation/virt/kvm/x86/hypercalls.rst).</summary>
internal static class ClockPairing
{
    private const ulong Number = 9;

    /// <summary>"AuthenticAMD" and "HygonGenuine": the last four letters, in ECX of CPUID leaf 0.</summary>
    private const uint Amd = 0x444D_4163;
    private const uint Hygon = 0x656E_6975;

    /// <summary>By the instruction of this processor; where it has no answer, by the other one.</summary>
    public static PairingEvidence Run(Bench bench)
    {
        var vmcall = (Name: "vmcall", Code: GuestPrograms.VmCall);
        var vmmcall = (Name: "vmmcall", Code: GuestPrograms.VmmCall);
        var isAmd = CpuidOffers.Find(bench.System.Cpuid, 0) is { Ecx: Amd or Hygon };
        var (own, other) = isAmd ? (vmmcall, vmcall) : (vmcall, vmmcall);
        var first = Ask(bench, own.Name, own.Code);
        if (first.Outcome is PairingOutcome.Answered or PairingOutcome.Refused)
            return first;
        var second = Ask(bench, other.Name, other.Code);
        return second.Outcome is PairingOutcome.Answered or PairingOutcome.Refused ? second : first with { Detail = $"{first.Detail}; and {second.Detail}" };
    }

    /// <param name="code">Ends with a halt, and rax the result.</param>
    public static PairingEvidence Ask(Bench bench, string name, MachineCode code)
    {
        using var machine = bench.OneCpu(code);
        var cpu = machine.Cpus[0];
        cpu.State.SetRegisters(rax: Number, rbx: GuestLayout.Pairing);
        var how = $"{name} from ring 0 in 64-bit mode";
        try
        {
            var tie = cpu.Do(() =>
            {
                cpu.RunUntilHalt();
                return HostTime.Tie(HostTime.Realtime);
            }, bench.Options.HypercallLimit, bench.Cancellation);
            return Answered(bench, machine, tie, how);
        }
        catch (GuestFaultException e)
        {
            return new(PairingOutcome.Faulted, null, null, null, $"{how}: {e.Message}");
        }
        catch (KvmException e) when (e.State == FactState.TimedOut)
        {
            return new(PairingOutcome.NeverReturned, null, null, null, $"{how}, for {bench.Options.HypercallLimit.TotalMilliseconds} ms");
        }
    }

    private static PairingEvidence Answered(Bench bench, VirtualMachine machine, ClockTie tie, string how)
    {
        var result = BinaryPrimitives.ReadInt64LittleEndian(machine.Cpus[0].State.Registers().AsSpan(KvmLayout.Regs.Rax));
        if (result != 0)
            return new(PairingOutcome.Refused, result, null, null, how);
        var pair = PvClockPair.Decode(machine.Memory.Slice(GuestLayout.Pairing, PvClockPair.Size));
        try
        {
            var host = unchecked(pair.GuestTsc - (ulong)machine.Cpus[0].State.GetTscOffset());
            var offset = pair.RealtimeNs - bench.Time.At(tie, new(host, host));
            return new(PairingOutcome.Answered, result, offset.MiddleNs, offset.BoundNs, how);
        }
        catch (KvmException)
        {
            return new(PairingOutcome.Answered, result, null, null, how);
        }
    }
}
