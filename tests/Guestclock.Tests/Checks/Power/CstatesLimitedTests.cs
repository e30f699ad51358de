using Guestclock.Checks;
using Guestclock.Checks.Power;
using Guestclock.Facts;
using Guestclock.Testing;
using Guestclock.Tests.Checks.Tsc;

namespace Guestclock.Tests.Checks.Power;

public class CstatesLimitedTests() : CheckTests(new CstatesLimited())
{
    private const string Limit = "ro processor.max_cstate=1";

    private static MachineFacts Old(string arguments, string? boot, params IdleState[] states)
    {
        var facts = Some.KvmHost().Flags().System("rhel", "6.5", OsFamily.RedHat, "2.6.32-431.el6.x86_64").Booted(arguments) with
        {
            Power = new()
            {
                IdleDriver = Some.Known("acpi_idle"),
                IdleStates = states.Length > 0 ? Some.List(states)
                : Some.Missing<IReadOnlyList<IdleState>>()
            },
        };
        return boot is null ? facts : facts with
        {
            Boot = new()
            {
                Entries = Some.List(new BootEntry(BootLoader.GrubLegacy, "/boot/grub/grub.conf:12", "RHEL", "/vmlinuz",
                Some.Arguments(boot), true, false))
            },
        };
    }

    private static readonly IdleState C1 = new(0, 0, "C1", 1, false);
    private static readonly IdleState C3 = new(1, 2, "C3", 100, false);
    private static readonly IdleState C10 = new(1, 2, "C10", 100, false);

    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("limited now and at boot", Old(Limit, Limit, C1), CheckStatus.Pass),
        new CheckRow("RHEL 5 shows no idle states, and has no limit",
            Old("ro", "ro").System("rhel", "5.4", OsFamily.RedHat, "2.6.18-164.el5")
            with { Power = new() { IdleDriver = Some.Missing<string>(), IdleStates = Some.Missing<IReadOnlyList<IdleState>>() } },
            CheckStatus.Warning, "no limit"),
        new CheckRow("RHEL 5 shows no idle states, boot not known",
            Old("ro", null).System("rhel", "5.4", OsFamily.RedHat, "2.6.18-164.el5"), CheckStatus.Unknown),
        new CheckRow("no idle driver", Old("ro", "ro")
            with { Power = new() { IdleDriver = Some.Known("none"), IdleStates = Some.Missing<IReadOnlyList<IdleState>>() } },
            CheckStatus.Pass),
        new CheckRow("idle=poll", Old("ro idle=poll", "ro idle=poll"), CheckStatus.Pass, "idle=poll"),
        new CheckRow("deep now", Old("ro", "ro", C1, C3), CheckStatus.Warning, "--args=\"processor.max_cstate=1\""),
        new CheckRow("C10 is not C1", Old("ro", "ro", C1, C10), CheckStatus.Warning, "C10"),
        new CheckRow("limited now, lost at the next boot", Old(Limit, "ro", C1), CheckStatus.Warning, "next boot"),
        new CheckRow("intel_idle heeds its own parameter", Old(Limit, Limit, C1, C3)
            with { Power = new() { IdleDriver = Some.Known("intel_idle"), IdleStates = Some.List(C1, C3) } }, CheckStatus.Warning,
            "intel_idle.max_cstate=0"),
        new CheckRow("switched off in sysfs only", Old("ro", "ro", C1, C3 with { Disabled = true }), CheckStatus.Warning, "off now, but"),
        new CheckRow("an image of a host", Old("ro", Limit).WithoutClock() with
        {
            Cpu = new() { Cpus = Some.Not<IReadOnlyList<CpuInfo>>(FactState.NotRecorded) }, Power = new(),
                Assumed = new() { HostConstantTsc = false },
        }, CheckStatus.Pass, "next boot keeps"),
        new CheckRow("CPU list not known", Some.KvmHost()
            with { Cpu = new() { Cpus = Some.Not<IReadOnlyList<CpuInfo>>(FactState.Denied) } }, CheckStatus.Unknown),
        new CheckRow("constant TSC", Some.KvmHost(), CheckStatus.NotApplicable, "constant TSC"),
        new CheckRow("guest", Some.KvmGuest().Flags(), CheckStatus.NotApplicable, "host manages"),
        new CheckRow("arm64", Some.Arm(), CheckStatus.NotApplicable, "aarch64"),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new CstatesLimited(), row);
}
