using System.Buffers.Binary;
using Guestclock.Linux.Kvm.Calls;
using Guestclock.Linux.Kvm.Guests;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Linux.Kvm.Experiments;

/// <summary>vCPUs on different CPUs compare their clocks: <see cref="WarpProgram"/>.</summary>
internal static class Warp
{
    /// <param name="disturb">Done to the guest's memory just before the comparison: tests make a clock go back.</param>
    public static WarpEvidence Run(Bench bench, Action<VirtualMachine>? disturb = null)
    {
        using var machine = VirtualMachine.Create(bench.System, WarpProgram.Code, [.. bench.Cpus.Select(c => (int?)c)]);
        // All have run, for one reading, when the comparison begins: KVM's master clock is chosen then.
        SetStop(machine, 1);
        for (var round = 0; round < 2; round++)
            Finish(bench, machine, Begin(machine));
        machine.Memory.Slice(GuestLayout.Shared, WarpProgram.Stop).Clear();
        disturb?.Invoke(machine);
        SetStop(machine, 0);
        var runs = Begin(machine);
        try
        {
            bench.Sleep(bench.Options.WarpSpan);
        }
        finally
        {
            SetStop(machine, 1);
            Finish(bench, machine, runs);
        }

        var registers = machine.Cpus.Select(c => c.State.Registers()).ToList();
        return new(bench.Cpus, registers.Sum(r => Get(r, KvmLayout.Regs.Rbp)), registers.Max(r => Get(r, KvmLayout.Regs.R13)),
            registers.Max(r => Get(r, KvmLayout.Regs.R14)),
            registers.Sum(r => Math.Max(Get(r, KvmLayout.Regs.R12), Get(r, KvmLayout.Regs.R15))), registers.Sum(r => Get(r, KvmLayout.Regs.Rbx)));
    }

    private static List<Task<bool>> Begin(VirtualMachine machine)
    {
        for (var i = 0; i < machine.Cpus.Count; i++)
            machine.Cpus[i].State.SetRegisters(rdi: GuestLayout.Shared, rsi: (ulong)GuestLayout.ClockPage(i));
        return [.. machine.Cpus.Select(cpu => cpu.Start(() =>
        {
            cpu.RunUntilHalt();
            return true;
        }))];
    }

    /// <summary>Waits for all, also where one of them fails, so that none runs on; the others have had their time then.</summary>
    private static void Finish(Bench bench, VirtualMachine machine, List<Task<bool>> runs)
    {
        Exception? failure = null;
        for (var i = 0; i < runs.Count; i++)
        {
            try
            {
                machine.Cpus[i].Wait(runs[i], failure is null ? bench.Options.RunLimit : TimeSpan.Zero, bench.Cancellation);
            }
            catch (Exception e) when (e is KvmException or OperationCanceledException)
            {
                failure ??= e;
            }
        }

        if (failure is not null)
            throw failure;
    }

    private static unsafe void SetStop(VirtualMachine machine, uint value)
    {
        fixed (byte* memory = machine.Memory)
            Volatile.Write(ref *(uint*)(memory + GuestLayout.Shared + WarpProgram.Stop), value);
    }

    /// <summary>A step back can be as large as the counter itself.</summary>
    private static long Get(byte[] registers, int at) => (long)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(registers.AsSpan(at)), long.MaxValue);
}
