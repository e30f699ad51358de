using System.Runtime.InteropServices;
using Guestclock.Facts;
using Guestclock.Linux.Kvm;
using Guestclock.Linux.Kvm.Calls;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Linux.Tests.Kvm;

[Collection(LiveKvm.Name)]
public class RefusedCallTests
{
    private const int Invalid = -22;
    private const int NoMemory = -12;
    private const string Device = "/dev/kvm";
    private const string All = "Cpuid Pages ClockPairing Warp Rate Stop RestoreWithRealtime RestoreWithoutRealtime TscOffset TscRates WallClock";
    private const string AllButCpuid = "Pages ClockPairing Warp Rate Stop RestoreWithRealtime RestoreWithoutRealtime TscOffset TscRates WallClock";

    /// <summary>A request that KVM refuses whenever it is made, and which facts then cannot be had.</summary>
    [Theory]
    [InlineData(KvmRequests.GetApiVersion, All)]
    [InlineData(KvmRequests.CheckExtension, "Cpuid")]
    [InlineData(KvmRequests.GetVcpuMapSize, All)]
    [InlineData(KvmRequests.GetSupportedCpuid, All)]
    [InlineData(KvmRequests.CreateVm, AllButCpuid)]
    [InlineData(KvmRequests.CreateVcpu, AllButCpuid)]
    [InlineData(KvmRequests.SetUserMemoryRegion, AllButCpuid)]
    [InlineData(KvmRequests.SetCpuid2, AllButCpuid)]
    [InlineData(KvmRequests.GetSregs, AllButCpuid)]
    [InlineData(KvmRequests.SetSregs, AllButCpuid)]
    [InlineData(KvmRequests.SetRegs, AllButCpuid)]
    [InlineData(KvmRequests.SetMsrs, AllButCpuid)]
    [InlineData(KvmRequests.Run, AllButCpuid)]
    [InlineData(KvmRequests.GetRegs, "Warp")]
    [InlineData(KvmRequests.GetClock, "Stop RestoreWithRealtime RestoreWithoutRealtime")]
    [InlineData(KvmRequests.SetClock, "Stop RestoreWithRealtime RestoreWithoutRealtime")]
    [InlineData(KvmRequests.GetTscKhz, "Rate RestoreWithRealtime RestoreWithoutRealtime TscRates")]
    [InlineData(KvmRequests.SetTscKhz, "")]
    [InlineData(KvmRequests.KvmclockCtrl, "")]
    [InlineData(KvmRequests.GetDeviceAttr, "TscOffset")]
    [InlineData(KvmRequests.SetDeviceAttr, "TscOffset")]
    public void A_call_that_is_refused_hides_only_what_needs_it(uint request, string hidden)
    {
        LiveKvm.Need();
        var calls = new ChangedCalls { Refuse = (r, _) => r == request ? Invalid : null };
        var evidence = KvmExamination.Run(calls, Device, LiveKvm.Short, null, CancellationToken.None);
        Assert.Equal(0, calls.Held);
        var unknown = KvmFactsOf.Guests(evidence).Where(f => !f.Fact.IsKnown).ToList();
        Assert.Equal(hidden, string.Join(' ', unknown.Select(f => f.Name)));
        Assert.All(unknown, f => Assert.Contains(KvmRequests.NameOf(request), f.Fact.Why, StringComparison.Ordinal));
    }

    [Fact]
    public void Refused_rates_are_what_the_evidence_of_rates_is()
    {
        LiveKvm.Need();
        var calls = new ChangedCalls { Refuse = (r, _) => r == KvmRequests.SetTscKhz ? Invalid : null };
        var evidence = KvmExamination.Run(calls, Device, LiveKvm.Short, null, CancellationToken.None);
        Assert.All(evidence.TscRates.Value!, r => Assert.Equal(("EINVAL", null, null), (r.Error, r.SaidKhz, r.SeenKhz)));
    }

    [Fact]
    public void A_guest_that_cannot_be_told_of_its_pause_is_evidence_too()
    {
        LiveKvm.Need();
        var calls = new ChangedCalls { Refuse = (r, _) => r == KvmRequests.KvmclockCtrl ? Invalid : null };
        var stop = KvmExamination.Run(calls, Device, LiveKvm.Short, null, CancellationToken.None).Stop.Value!;
        Assert.Null(stop.GuestStoppedIsSet);
        Assert.Contains("KVM_KVMCLOCK_CTRL", stop.CtrlError, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_offsets_restored_clocks_are_still_judged_but_not_their_TSC()
    {
        LiveKvm.Need();
        var calls = new ChangedCalls { Refuse = (r, _) => r == KvmRequests.SetDeviceAttr ? Invalid : null };
        var evidence = KvmExamination.Run(calls, Device, LiveKvm.Short, null, CancellationToken.None);
        Assert.Null(evidence.RestoreWithRealtime.Value!.TscErrorCycles);
        Assert.Equal(FactState.Unsupported, evidence.TscOffset.State);
    }

    [Fact]
    public void A_clock_without_the_hosts_time_cannot_be_restored_with_it()
    {
        LiveKvm.Need();
        var calls = new ChangedCalls
        {
            After = (r, argument) =>
            {
                if (r == KvmRequests.GetClock)
                    Marshal.WriteInt32(argument, 8, 2);
            },
        };
        var evidence = KvmExamination.Run(calls, Device, LiveKvm.Short, null, CancellationToken.None);
        Assert.Equal(FactState.Unsupported, evidence.RestoreWithRealtime.State);
        Assert.True(evidence.RestoreWithoutRealtime.IsKnown);
    }

    [Fact]
    public void No_list_of_CPUID_is_too_long_for_the_first_guess()
    {
        LiveKvm.Need();
        var asked = 0;
        var calls = new ChangedCalls { Refuse = (r, _) => r == KvmRequests.GetSupportedCpuid && asked++ < 3 ? -7 : null };
        Assert.True(KvmExamination.Run(calls, Device, LiveKvm.Short, null, CancellationToken.None).Cpuid.IsKnown);
        asked = int.MinValue;
        Assert.Contains("E2BIG", KvmExamination.Run(calls, Device, LiveKvm.Short, null, CancellationToken.None).Cpuid.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_no_guest_ever_comes_back_every_experiment_is_interrupted()
    {
        LiveKvm.Need();
        var calls = new ChangedCalls { Refuse = (r, _) => r == KvmRequests.Run ? -4 : null };
        var evidence = KvmExamination.Run(calls, Device, LiveKvm.Short with { RunLimit = TimeSpan.FromMilliseconds(20) }, null, CancellationToken.None);
        Assert.Equal(0, calls.Held);
        Assert.Equal(PairingOutcome.NeverReturned, evidence.ClockPairing.Value!.Outcome);
        Assert.All(KvmFactsOf.Guests(evidence).Where(f => f.Name is not ("Cpuid" or "ClockPairing")), f => Assert.Equal((f.Name, FactState.TimedOut), (f.Name, f.Fact.State)));
    }

    [Fact]
    public void Whichever_call_fails_once_nothing_is_left_behind()
    {
        LiveKvm.Need();
        var random = new Random(20260203);
        var before = LiveKvm.Left();
        for (var run = 0; run < 12; run++)
        {
            // Most calls read the clock; the first make and set up machines.
            var at = run < 8 ? random.Next(120) : random.Next(2_000);
            var calls = new ChangedCalls { Refuse = (_, n) => n == at ? NoMemory : null };
            var evidence = KvmExamination.Run(calls, Device, LiveKvm.Short, null, CancellationToken.None);
            Assert.True(calls.Held == 0, $"call {at}: {calls.Held} held");
            Assert.All(KvmFactsOf.Guests(evidence), f => Assert.True(f.Fact.IsKnown || f.Fact.Why is { Length: > 0 }));
        }

        Assert.Equal(before, LiveKvm.Left());
    }

    [Fact]
    public void Whatever_KVM_answers_no_figure_breaks_the_examination()
    {
        LiveKvm.Need();
        var random = new Random(20260204);
        for (var run = 0; run < 5; run++)
        {
            var calls = new ChangedCalls
            {
                After = (r, argument) =>
                {
                    if (r is KvmRequests.GetClock or KvmRequests.GetRegs)
                        Marshal.WriteInt64(argument, random.Next(2) * 16, random.NextInt64(long.MinValue, long.MaxValue));
                },
            };
            var evidence = KvmExamination.Run(calls, Device, LiveKvm.Short, null, CancellationToken.None);
            Assert.All(KvmFactsOf.Guests(evidence), f => Assert.True(f.Fact.IsKnown || f.Fact.Why is { Length: > 0 }));
        }
    }
}
