using Guestclock.Checks;
using Guestclock.Checks.Power;
using Guestclock.Facts;
using Guestclock.Testing;
using Guestclock.Tests.Checks.Tsc;

namespace Guestclock.Tests.Checks.Power;

public class CpufreqPinnedTests() : CheckTests(new CpufreqPinned())
{
    private static CpuFrequencyPolicy Policy(string governor, long min, long max) =>
        new("policy0", "powernow-k8", governor, ["ondemand", "performance"], [2_400_000, 1_000_000], min, max, 1_000_000, 2_400_000);

    private static readonly CpuFrequencyPolicy Moving = Policy("ondemand", 1_000_000, 2_400_000);
    private static readonly CpuFrequencyPolicy Pinned = Policy("performance", 1_000_000, 2_400_000);

    private static MachineFacts Host(PowerFacts power, string version = "5.4") =>
        Some.KvmHost().Flags().System("rhel", version, OsFamily.RedHat, "2.6.18-164.el5") with { Power = power };

    private static Fact<IReadOnlyDictionary<string, string>> Settings(params (string, string)[] pairs) =>
        Fact.Known<IReadOnlyDictionary<string,
            string>>(pairs.ToDictionary(p => p.Item1, p => p.Item2, StringComparer.Ordinal), "/etc/sysconfig/x");

    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("no scaling", Host(new() { Frequency = Some.List<CpuFrequencyPolicy>() }), CheckStatus.Pass),
        new CheckRow("cpuspeed pins",
            Host(new() { Frequency = Some.List(Policy("userspace", 2_400_000, 2_400_000)),
            CpuSpeed = Settings(("MIN_SPEED", "2400000"), ("MAX_SPEED", "2400000")), CpuSpeedEnabled = Some.Known(true) }),
            CheckStatus.Pass, "cpuspeed pins 2400000 kHz"),
        new CheckRow("cpupower pins",
            Host(new() { Frequency = Some.List(Pinned), CpuPower = Settings(("CPUPOWER_START_OPTS", "frequency-set -g performance")),
            CpuPowerEnabled = Some.Known(true) }, "7.9"), CheckStatus.Pass, "performance"),
        new CheckRow("TuneD pins",
            Host(new() { Frequency = Some.List(Pinned), TunedProfile = Some.Known("virtual-host"), TunedEnabled = Some.Known(true) },
            "8.9"), CheckStatus.Pass, "virtual-host"),
        new CheckRow("scaling, RHEL 5", Host(new() { Frequency = Some.List(Moving) }), CheckStatus.Warning,
            "MIN_SPEED=2400000 and MAX_SPEED=2400000"),
        new CheckRow("scaling, RHEL 7", Host(new() { Frequency = Some.List(Moving) }, "7.9"), CheckStatus.Warning, "CPUPOWER_START_OPTS"),
        new CheckRow("scaling, Debian", Some.KvmHost().Flags()
            with { Power = new() { Frequency = Some.List(Moving) } }, CheckStatus.Warning, "cpufrequtils"),
        new CheckRow("scaling, SLES", Host(new() { Frequency = Some.List(Moving) }).System("sles", "12.5", OsFamily.Suse, "4.12"),
            CheckStatus.Warning, "tuned-adm"),
        new CheckRow("cpuspeed pins the lower end",
            Host(new() { Frequency = Some.List(Pinned), CpuSpeed = Settings(("MIN_SPEED", "1000000"), ("MAX_SPEED", "1000000")),
            CpuSpeedEnabled = Some.Known(true) }), CheckStatus.Warning, "highest"),
        new CheckRow("cpuspeed with a range",
            Host(new() { Frequency = Some.List(Pinned), CpuSpeed = Settings(("MIN_SPEED", "1000000"), ("MAX_SPEED", "2400000")),
            CpuSpeedEnabled = Some.Known(true) }), CheckStatus.Warning, "differ"),
        new CheckRow("a governor that is not offered",
            Host(new() { Frequency = Some.List(Pinned), CpuPower = Settings(("CPUPOWER_START_OPTS", "frequency-set -g powersave")),
            CpuPowerEnabled = Some.Known(true) }, "7.9"), CheckStatus.Warning, "offers"),
        new CheckRow("intel_pstate's powersave scales",
            Host(new() { Frequency = Some.List(Policy("powersave", 1_000_000, 2_400_000) with { Driver = "intel_pstate" }) }),
            CheckStatus.Warning),
        new CheckRow("pinned by hand", Host(new() { Frequency = Some.List(Pinned) }), CheckStatus.Info, "no service"),
        new CheckRow("service off",
            Host(new() { Frequency = Some.List(Pinned), CpuSpeed = Settings(("MIN_SPEED", "2400000"), ("MAX_SPEED", "2400000")),
            CpuSpeedEnabled = Some.Known(false) }), CheckStatus.Info),
        new CheckRow("image that pins",
            Host(new() { CpuSpeed = Settings(("MIN_SPEED", "2400000"), ("MAX_SPEED", "2400000")), CpuSpeedEnabled = Some.Known(true) }),
            CheckStatus.Pass, "at boot"),
        new CheckRow("nothing known", Host(new()), CheckStatus.Unknown),
        new CheckRow("constant TSC", Some.KvmHost(), CheckStatus.NotApplicable, "constant TSC"),
        new CheckRow("guest", Some.KvmGuest().Flags(), CheckStatus.NotApplicable, "host manages"),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new CpufreqPinned(), row);
}
