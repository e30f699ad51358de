using System.Buffers.Binary;
using Guestclock.Linux.Kvm.Experiments;
using Guestclock.Linux.Kvm.Guests;
using Guestclock.Linux.Native;

namespace Guestclock.Linux.Tests.Kvm;

[Collection(LiveKvm.Name)]
public class WarpTests
{
    private const long Step = 3_000_000_000_000;

    [Fact]
    public void A_counter_that_is_behind_another_is_found_and_by_how_much() => LiveKvm.With(LiveKvm.Short, bench =>
    {
        var published = HostTsc.Read() + Step;
        var warp = Warp.Run(bench, machine => BinaryPrimitives.WriteUInt64LittleEndian(machine.Memory[(GuestLayout.Shared + WarpProgram.LargestTsc)..], published));
        Assert.Equal(warp.Reads, warp.BackwardSteps);
        Assert.InRange(warp.WorstTscStep, Step / 2, Step * 2);
    });

    [Fact]
    public void A_clock_that_is_behind_another_is_found_and_by_how_much() => LiveKvm.With(LiveKvm.Short, bench =>
    {
        var warp = Warp.Run(bench, machine => BinaryPrimitives.WriteInt64LittleEndian(machine.Memory[(GuestLayout.Shared + WarpProgram.LargestClock)..], Step));
        Assert.True(warp.BackwardSteps > 0, $"{warp}");
        Assert.InRange(warp.WorstClockStepNs, Step / 2, Step);
        Assert.InRange(warp.WorstTscStep, 0, Step / 2);
    });

    /// <summary>The one vCPU's structure is an hour ahead of the other's.</summary>
    [Fact]
    public void Structures_that_disagree_are_found() => LiveKvm.With(LiveKvm.Short, bench =>
    {
        Assert.SkipUnless(bench.Cpus.Count > 1, "needs two CPUs");
        var warp = Warp.Run(bench with { Options = bench.Options with { WarpSpan = TimeSpan.FromMilliseconds(200) } }, machine =>
        {
            var systemTime = machine.Memory[(GuestLayout.ClockPage(1) + 16)..];
            BinaryPrimitives.WriteInt64LittleEndian(systemTime, BinaryPrimitives.ReadInt64LittleEndian(systemTime) + Step);
        });
        Assert.InRange(warp.WorstClockStepNs, Step / 2, Step * 2);
        Assert.True(warp.CrossReads > 0, $"{warp}");
    });

    [Fact]
    public void One_CPU_alone_has_nobody_to_compare_with() => LiveKvm.With(LiveKvm.Short with { MostCpus = 1 }, bench =>
    {
        var warp = Warp.Run(bench);
        Assert.Equal((1, 0L), (warp.Cpus.Count, warp.CrossReads));
        Assert.True(warp.Reads > 0);
    });
}
