using Guestclock.Facts;
using Guestclock.Protocols.PvClock;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Testing;

/// <summary>Evidence of a sound host with an Intel CPU that scales the TSC, from which a row changes what it is about. Figures as they were seen of a real KVM.</summary>
public static class SomeKvm
{
    public const long Khz = 2_596_120;

    public static PvClockPage Page { get; } = new(2, 6_610_286_451_483, 1_204_331_209, 3_308_758_682, -1, 1);

    public static KvmEvidence Sound { get; } = new()
    {
        Kvm = new()
        {
            ApiVersion = Some.Known(12L),
            MakesMachines = Some.Known(true),
            Clock = Some.Known(new KvmClock(1_204_331_209, 14, 1_795_224_471_000_000_000, 6_610_286_451_483)),
            KnownClockFlags = Some.Known(14L),
            TscKhz = Some.Known(Khz),
            TscScaling = Some.Known(true),
            Capabilities = Some.Known<IReadOnlyDictionary<string, long>>(new Dictionary<string, long>(StringComparer.Ordinal) { ["39"] = 14, ["60"] = 1 }),
            Parameters = Some.Missing<IReadOnlyDictionary<string, string>>(),
        },
        DeviceGroup = Some.Known("kvm"),
        Host = new()
        {
            Hostname = Some.Known("host1"),
            Architecture = Some.Known("x86_64"),
            KernelRelease = Some.Known("6.1.0-30-amd64"),
            CpuModel = Some.Known("Some CPU @ 2.60GHz"),
            ClockSource = Some.Known("tsc"),
            VirtualizationFlag = Some.Known("vmx"),
            LoadedModules = Some.List("kvm", "kvm_intel"),
            KernelMessages = Some.List<string>(),
        },
        TscTolerancePpm = Some.Known(250L),
        Cpuid = Some.Known(new CpuidOffer(0x0100_7efb, true, true, true, true, 2_596_000, true)),
        Pages = Some.List(Page, Page with { Version = 4 }),
        ClockPairing = Some.Known(new PairingEvidence(PairingOutcome.Answered, 0, -14, 62, "vmcall from ring 0 in 64-bit mode")),
        Warp = Some.Known(new WarpEvidence([0, 1], 7_412_556, 0, 0, 0, 1_630_113)),
        Rate = Some.Known(new RateEvidence(1_000_214_552, -21.5, 130, Khz, 2_596_119.98, 0.34)),
        Stop = Some.Known(new StopEvidence(100_212_553, 100_212_551, 12, 96, true, null)),
        RestoreWithRealtime = Some.Known(new RestoreEvidence(100_533_910, 48, 110, 0)),
        RestoreWithoutRealtime = Some.Known(new RestoreEvidence(100_495_217, -30, 240, 0)),
        TscOffset = Some.Known(new TscOffsetEvidence(-6_610_409_908_272, -6_610_409_908_272, 0, 2_600)),
        TscRates = Some.List(new TscRateRequest(Khz, null, Khz, 2_596_119.98, 0.4, true), new TscRateRequest(Khz + 259, null, Khz + 259, 2_596_120.1, 0.4, false),
            new TscRateRequest(Khz + 2596, null, Khz + 2596, 2_598_715.8, 0.4, true), new TscRateRequest(Khz / 2, null, Khz / 2, 1_298_060.1, 0.4, true)),
        WallClock = Some.Known(new WallClockEvidence(2, 1_795_224_469, 795_668_791, -35, 90)),
    };

    /// <summary>The device cannot be used, and nothing else is known of KVM.</summary>
    public static KvmEvidence Without(FactState state, string why, string device = KvmEvidence.DefaultDevice) => new()
    {
        Device = device,
        DeviceGroup = Sound.DeviceGroup,
        Host = Sound.Host,
        Kvm = new() { ApiVersion = Some.Not<long>(state, why), MakesMachines = Some.Not<bool>(state, why) },
    };

    public static KvmEvidence On(string clockSource) => Sound with { Host = Sound.Host with { ClockSource = Some.Known(clockSource) } };

    /// <summary>Without master clock, as on a host that does not run on its TSC.</summary>
    public static KvmEvidence Unstable(string clockSource = "hpet") => On(clockSource) with
    {
        Kvm = Sound.Kvm with { Clock = Some.Known(new KvmClock(1_204_331_209, 0, 0, 0)) },
        Pages = Some.List(Page with { Flags = 0 }, Page with { Flags = 0, TscTimestamp = Page.TscTimestamp + 2_596_120, SystemTimeNs = Page.SystemTimeNs + 1_000_000 }),
    };

    public static KvmEvidence With(Func<KvmFacts, KvmFacts> change) => Sound with { Kvm = change(Sound.Kvm) };
}
