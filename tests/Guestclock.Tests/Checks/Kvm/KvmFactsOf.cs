using Guestclock.Facts;
using Guestclock.Testing;

namespace Guestclock.Tests.Checks.Kvm;

/// <summary>Hosts for the tables of the KVM checks.</summary>
internal static class KvmFactsOf
{
    public static KvmFacts Sound { get; } = new()
    {
        ApiVersion = Some.Known(12L),
        MakesMachines = Some.Known(true),
        Clock = Some.Known(new KvmClock(1_000, 14, 1_795_224_471_000_000_000, 6_610_286_451_483)),
        KnownClockFlags = Some.Known(14L),
        TscKhz = Some.Known(2_600_000L),
        TscScaling = Some.Known(true),
        Parameters = Some.Missing<IReadOnlyDictionary<string, string>>(),
    };

    public static MachineFacts Host(KvmFacts kvm, string source = "tsc") =>
        Some.KvmHost() with { Kvm = kvm, Clock = Some.KvmHost().Clock with { CurrentSource = Some.Known(source) } };

    public static KvmFacts WithFlags(int flags, long known = 14) =>
        Sound with { Clock = Some.Known(new KvmClock(1, flags, 2, 3)), KnownClockFlags = Some.Known(known) };

    /// <summary>A host on which this user may not open the device.</summary>
    public static KvmFacts Denied { get; } = All(FactState.Denied, "/dev/kvm: Permission denied");

    public static KvmFacts Missing { get; } = All(FactState.Missing, "/dev/kvm: No such file or directory");

    private static KvmFacts All(FactState state, string why) => new()
    {
        ApiVersion = Some.Not<long>(state, why),
        MakesMachines = Some.Not<bool>(state, why),
        Clock = Some.Not<KvmClock>(state, why),
        KnownClockFlags = Some.Not<long>(state, why),
        TscKhz = Some.Not<long>(state, why),
        TscScaling = Some.Not<bool>(state, why),
    };
}
