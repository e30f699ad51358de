using System.Diagnostics;
using Guestclock.Facts;
using Guestclock.Linux.Kvm;
using Guestclock.Linux.Kvm.Calls;
using Guestclock.Linux.Kvm.Guests;

namespace Guestclock.Linux.Tests.Kvm;

[Collection(LiveKvm.Name)]
public class GuestTests
{
    private static readonly KvmProbeOptions Options = LiveKvm.Short with { RunLimit = TimeSpan.FromMilliseconds(50) };

    [Fact]
    public void A_guest_that_never_ends_is_interrupted_and_its_vCPU_runs_again() => LiveKvm.With(Options, bench =>
    {
        using var machine = bench.OneCpu(GuestPrograms.Spin);
        var cpu = machine.Cpus[0];
        var start = Stopwatch.GetTimestamp();
        for (var round = 0; round < 3; round++)
        {
            var e = Assert.Throws<KvmException>(() => bench.On(cpu, () => Run(cpu)));
            Assert.Equal((FactState.TimedOut, "the guest did not halt within 50 ms and was interrupted"), (e.State, e.Message));
        }

        Assert.False(cpu.IsLost);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20));
        GuestPrograms.ReadTsc.ToBytes().CopyTo(machine.Memory[GuestLayout.Code..]);
        cpu.State.SetRegisters(rdi: (ulong)GuestLayout.Reading(0));
        Assert.True(cpu.Do(() => Run(cpu), LiveKvm.Short.RunLimit, CancellationToken.None));
        Assert.NotEqual(0UL, machine.LastReading(0));
    });

    [Fact]
    public void A_machine_that_is_given_back_while_a_guest_runs_interrupts_it() => LiveKvm.With(Options, bench =>
    {
        var before = LiveKvm.Left();
        var machine = bench.OneCpu(GuestPrograms.Spin);
        var run = machine.Cpus[0].Start(() => Run(machine.Cpus[0]));
        machine.Dispose();
        Assert.IsType<OperationCanceledException>(run.Exception!.InnerException);
        Assert.Equal(before, LiveKvm.Left());
    });

    [Fact]
    public void Whoever_ends_the_examination_interrupts_a_guest() => LiveKvm.With(Options with { RunLimit = TimeSpan.FromMinutes(5) }, bench =>
    {
        using var end = new CancellationTokenSource(20);
        using var machine = bench.OneCpu(GuestPrograms.Spin);
        Assert.Throws<OperationCanceledException>(() => (bench with { Cancellation = end.Token }).On(machine.Cpus[0], () => Run(machine.Cpus[0])));
        Assert.False(machine.Cpus[0].IsLost);
    });

    [Fact]
    public void An_instruction_that_does_not_exist_ends_the_guest_with_a_reason() => LiveKvm.With(LiveKvm.Short, bench =>
    {
        using var machine = bench.OneCpu(new MachineCode().Add("ud2", 0x0F, 0x0B));
        Assert.StartsWith("the guest ended with KVM_EXIT_", Assert.Throws<GuestFaultException>(() => bench.On(machine.Cpus[0], () => Run(machine.Cpus[0]))).Message,
            StringComparison.Ordinal);
    });

    [Fact]
    public void A_CPU_that_is_not_there_gives_nothing_to_clean_up() => LiveKvm.With(Options, bench =>
    {
        var before = LiveKvm.Left();
        Assert.Contains("sched_setaffinity to CPU 1023",
            Assert.Throws<KvmException>(() => VirtualMachine.Create(bench.System, GuestPrograms.ReadTsc, 1023)).Message, StringComparison.Ordinal);
        Assert.Equal(before, LiveKvm.Left());
    });

    private static bool Run(VirtualCpu cpu)
    {
        cpu.RunUntilHalt();
        return true;
    }
}
