using Guestclock.Checks;
using Guestclock.Checks.Boot;
using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Testing;

namespace Guestclock.Tests.Checks.Boot;

public class BootParametersTests() : CheckTests(new BootParameters())
{
    private static readonly string[] Sound = ["tsc", "constant_tsc", "nonstop_tsc"];
    private static readonly string[] Plain = ["tsc", "constant_tsc"];

    public static TheoryData<CheckRow> Ends =>
    [
        new CheckRow("nothing set", Some.KvmGuest(), CheckStatus.Pass, "no timekeeping parameter"),
        new CheckRow("no command line", Some.KvmGuest() with { Clock = new() { CommandLine = Not(FactState.Denied) } },
            CheckStatus.Unknown, "reason"),
        new CheckRow("an image without boot files", Some.KvmGuest() with { Clock = new() { CommandLine = Not(FactState.NotRecorded) } },
            CheckStatus.Unknown),
        new CheckRow("an image is judged by its default entry", Image("no-kvmclock"), CheckStatus.Critical, "/boot/loader/entries/a.conf"),
        new CheckRow("a container",
            Some.KvmGuest() with { Identity = Some.KvmGuest().Identity with { Roles = Some.List(Role.Container) } },
                CheckStatus.NotApplicable, "host"),
        new CheckRow("Windows",
            Some.KvmGuest() with { Identity = Some.KvmGuest()
                .Identity with { Os = Some.Known(Some.Os("windows", "5.1", OsFamily.Windows)) } }, CheckStatus.NotApplicable,
                    "windows-timer"),
        new CheckRow("arm64", Some.Arm(), CheckStatus.Pass),
        new CheckRow("kvm-clock is a matter of x86",
            Some.Arm() with { Clock = Some.Arm().Clock with { CommandLine = Some.Known(Some.Arguments("no-kvmclock notsc")) } },
            CheckStatus.Info),
        new CheckRow("wrong from the next boot on", Some.KvmGuest() with { Boot = Entry("ro clocksource=jiffies") }, CheckStatus.Warning,
            "from the next boot on"),
        new CheckRow("emergency in the template",
            Some.KvmHost() with { Boot = new() { GrubDefault = Some.Known(new GrubDefaultArguments(Some.Arguments("emergency"),
                Some.Arguments("quiet"), ["/etc/default/grub"])) } },
            CheckStatus.Warning, "by mistake"),
        new CheckRow("a wrong word in grub.conf is shown",
            Some.KvmGuest() with { Boot = new() { Remarks = ["/boot/grub/grub.conf: line 3: 'term' is no word of GRUB"] } },
                CheckStatus.Pass, "'term'"),
        new CheckRow("no-kvmclock where the role is not known", Guest("no-kvmclock", Plain)
            with { Identity = Some.KvmGuest().Identity with { Roles = Some.Not<IReadOnlyList<Role>>(FactState.NotRecorded) } },
            CheckStatus.Unknown, "--assume role="),
        new CheckRow("the worst comes first", Guest("notsc no-kvmclock clocksource=jiffies", Plain), CheckStatus.Critical, "and 1 more"),
    ];

    public static TheoryData<CheckRow> Parameters =>
    [
        new CheckRow("notsc, kvm-clock keeps the time", Guest("notsc", Sound), CheckStatus.Info, "kvm-clock still keeps the time"),
        new CheckRow("notsc on an old kernel", Guest("notsc", Sound, "3.10.0-1160.el7.x86_64"), CheckStatus.Info,
            "keeps this kernel from using"),
        new CheckRow("notsc on 6.1", Guest("notsc", Sound), CheckStatus.Info, "marks the TSC unstable"),
        new CheckRow("notsc without kvm-clock", Guest("notsc", Sound, sources: "hpet acpi_pm"), CheckStatus.Warning, "update-grub"),
        new CheckRow("notsc on a KVM host", Host("notsc", Sound), CheckStatus.Warning, "ptp_kvm"),
        new CheckRow("notsc on a host without a sound TSC", Host("notsc"), CheckStatus.Info, "no harm"),
        new CheckRow("tsc=unstable on a KVM host", Host("tsc=unstable", Sound), CheckStatus.Warning, "tsc=unstable"),
        new CheckRow("tsc=reliable on a sound guest", Guest("tsc=reliable", Sound), CheckStatus.Pass),
        new CheckRow("tsc=reliable on a sound host", Host("tsc=reliable", Sound), CheckStatus.Info, "watch"),
        new CheckRow("tsc=nowatchdog on a doubtful TSC", Guest("tsc=nowatchdog", Plain), CheckStatus.Warning, "nothing will notice"),
        new CheckRow("tsc=recalibrate", Guest("tsc=recalibrate", Sound), CheckStatus.Pass),
        new CheckRow("tsc=reliabel", Guest("tsc=reliabel", Sound), CheckStatus.Info, "no such value"),
        new CheckRow("clocksource=acpi_pm in a guest", Guest("clocksource=acpi_pm", Sound), CheckStatus.Warning, "slow"),
        new CheckRow("clocksource=hpet on a KVM host", Host("clocksource=hpet", Sound), CheckStatus.Warning, "not tsc"),
        new CheckRow("clocksource=hpet on a host without a sound TSC", Host("clocksource=hpet"), CheckStatus.Pass),
        new CheckRow("clocksource=acpi_pm on bare metal", Metal("clocksource=acpi_pm", Sound), CheckStatus.Info, "slow"),
        new CheckRow("clocksource=jiffies", Guest("clocksource=jiffies", Sound), CheckStatus.Critical, "lost"),
        new CheckRow("clocksource=tsc on a sound guest", Guest("clocksource=tsc", Sound), CheckStatus.Pass),
        new CheckRow("clocksource=tsc without invariant TSC", Guest("clocksource=tsc", Plain), CheckStatus.Warning, "forces a TSC"),
        new CheckRow("clocksource=kvm-clock", Guest("clocksource=kvm-clock", Sound), CheckStatus.Pass),
        new CheckRow("clocksource=kvm-clock on bare metal", Metal("clocksource=kvm-clock", Sound), CheckStatus.Info, "ignored"),
        new CheckRow("clocksource=kvmclock", Guest("clocksource=kvmclock", Sound), CheckStatus.Info, "no clock source of that name"),
        new CheckRow("clock=pmtmr today", Guest("clock=pmtmr", Sound), CheckStatus.Warning, "old spelling of clocksource=acpi_pm"),
        new CheckRow("clock=tsc today", Guest("clock=tsc", Sound), CheckStatus.Info, "old spelling"),
        new CheckRow("no-kvmclock without a sound TSC", Guest("no-kvmclock", Plain), CheckStatus.Critical, "ptp_kvm"),
        new CheckRow("no_kvmclock is the same", Guest("no_kvmclock", Plain), CheckStatus.Critical),
        new CheckRow("no-kvmclock with a sound TSC", Guest("no-kvmclock", Sound), CheckStatus.Warning, "ptp_kvm"),
        new CheckRow("no-kvmclock on a host", Host("no-kvmclock", Sound), CheckStatus.Info, "no effect"),
        new CheckRow("nopv", Guest("nopv", Plain), CheckStatus.Critical, "other help"),
        new CheckRow("no-kvmclock-vsyscall", Guest("no-kvmclock-vsyscall", Sound), CheckStatus.Info, "system call"),
        new CheckRow("lpj today", Guest("lpj=2600000", Sound), CheckStatus.Info, "no use"),
        new CheckRow("lpj=n today", Guest("lpj=n", Sound), CheckStatus.Warning, "dmesg | grep"),
        new CheckRow("lpj far from the truth", Guest("lpj=100", Sound, log: "Calibrating delay loop... 5201.40 BogoMIPS (lpj=2600700)"),
            CheckStatus.Warning, "calibrated lpj=2600700"),
        new CheckRow("nohz=off", Guest("nohz=off", Sound), CheckStatus.Info, "tick"),
        new CheckRow("nohz=on", Guest("nohz=on", Sound), CheckStatus.Pass),
        new CheckRow("nohz_full", Guest("nohz_full=1-3", Sound), CheckStatus.Info, "at least one CPU"),
        new CheckRow("highres=off", Guest("highres=off", Sound), CheckStatus.Info, "coarse"),
        new CheckRow("nolapic_timer", Guest("nolapic_timer", Sound), CheckStatus.Info),
        new CheckRow("hpet=disable", Guest("hpet=disable", Sound), CheckStatus.Pass),
        new CheckRow("idle=poll", Host("idle=poll", Sound), CheckStatus.Info, "latency"),
        new CheckRow("C-states in a guest", Guest("processor.max_cstate=1 intel_idle.max_cstate=0", Sound), CheckStatus.Info,
            "useless in a guest"),
        new CheckRow("C-states on a host", Host("processor.max_cstate=1 intel_idle.max_cstate=0", Sound), CheckStatus.Pass),
        new CheckRow("emergency", Host("emergency", Sound), CheckStatus.Critical, "emergency mode"),
        new CheckRow("divider today", Guest("divider=10", Sound), CheckStatus.Info, "no effect"),
    ];

    public static TheoryData<CheckRow> OldReleases =>
    [
        new CheckRow("host not known", Rhel("5.3", "", null), CheckStatus.Unknown, "--assume host-constant-tsc=no"),
        new CheckRow("host sound", Rhel("5.3", "", true), CheckStatus.Pass),
        new CheckRow("host sound, parameter left", Rhel("5.3", "notsc", true), CheckStatus.Info),
        new CheckRow("lacks it", Rhel("5.3", "", false), CheckStatus.Critical, "grubby --update-kernel=ALL --args=\"notsc\""),
        new CheckRow("has it", Rhel("5.3", "notsc", null), CheckStatus.Pass),
        new CheckRow("4.8 has no grubby", Rhel("4.8", "", false) with { Boot = Legacy("ro") }, CheckStatus.Critical,
            "vi /boot/grub/grub.conf"),
        new CheckRow("clock not known", Rhel("5.4", "", false, pvClock: null), CheckStatus.Unknown, "pv-clock=yes"),
        new CheckRow("kvm-clock in the log", Rhel("5.4", "", false, null, "kvm-clock: cpu 0, msr 0:1, primary cpu clock"),
            CheckStatus.Pass, "either is accepted"),
        new CheckRow("the calibrated number is demanded",
            Rhel("5.5", "notsc", false, log: "Calibrating delay using timer specific routine.. 5201.40 BogoMIPS (lpj=2600700)"),
            CheckStatus.Warning, "--args=\"lpj=2600700\""),
        new CheckRow("no number, nothing demanded", Rhel("5.5", "notsc", false), CheckStatus.Info, "without it nothing is to be set"),
        new CheckRow("the placeholder with a known number",
            Rhel("5.5", "notsc lpj=n", false, log: "Calibrating delay loop... 5201.40 BogoMIPS (lpj=2600700)"),
            CheckStatus.Critical, "--remove-args=\"lpj=n\" --args=\"lpj=2600700\""),
        new CheckRow("a preset proves nothing",
            Rhel("5.5", "notsc lpj=5", false, log: "Calibrating delay loop (skipped) preset value.. 0.01 BogoMIPS (lpj=5)"),
                CheckStatus.Pass),
        new CheckRow("divider on 5.4", Rhel("5.4", "notsc divider=10", false), CheckStatus.Warning, "panic"),
        new CheckRow("divider on 5.9", Rhel("5.9", "notsc lpj=2600700 divider=10", false), CheckStatus.Info, "no longer asked for"),
        new CheckRow("role not known",
            Rhel("5.3", "",
                false) with { Identity = new() { Os = Some.Known(Some.Os("rhel", "5.3", OsFamily.RedHat)),
                    Architecture = Some.Known("x86_64") } },
            CheckStatus.Unknown, "role=kvm-guest"),
        new CheckRow("already on acpi_pm",
            Rhel("5.3", "", false) with { Identity = Rhel("5.3", "", false).Identity with { Architecture = Some.Known("i686") },
                Clock = new() { CommandLine = Some.Known(Some.Arguments("ro")), CurrentSource = Some.Known("acpi_pm") } },
            CheckStatus.Warning, "clocksource=acpi_pm"),
        new CheckRow("not a KVM guest",
            Rhel("5.3", "", false) with { Identity = Rhel("5.3", "", false)
                .Identity with { Roles = Some.List(Role.VmwareGuest), Hypervisor = Some.Known(Hypervisor.Vmware) } }, CheckStatus.Pass),
        new CheckRow("4.8 on 32 bits with its own spelling",
            Rhel("4.8", "clock=pmtmr", false) with { Identity = Rhel("4.8", "", false)
                .Identity with { Architecture = Some.Known("i686") } }, CheckStatus.Pass),
    ];

    [Theory]
    [MemberData(nameof(Ends))]
    [MemberData(nameof(Parameters))]
    [MemberData(nameof(OldReleases))]
    public void Judges(CheckRow row) => Holds(new BootParameters(), row);

    private static Fact<KernelArguments> Not(FactState state) => Some.Not<KernelArguments>(state);

    private static BootFacts Entry(string arguments) => new()
    {
        Entries = Some.List(new BootEntry(BootLoader.Bls, "/boot/loader/entries/a.conf", "a", "/vmlinuz", Some.Arguments(arguments),
            true, false)),
    };

    private static BootFacts Legacy(string arguments) => new()
    {
        Entries = Some.List(new BootEntry(BootLoader.GrubLegacy, "/boot/grub/grub.conf:7", "a", "/vmlinuz", Some.Arguments(arguments),
            true, false)),
    };

    private static MachineFacts Image(string arguments) => Guest("", Plain) with
    {
        Clock = new() { CommandLine = Not(FactState.NotRecorded) },
        Boot = Entry(arguments),
    };

    private static MachineFacts Guest(string arguments, string[] flags, string kernel = "6.1.0-30-amd64",
        string sources = "tsc kvm-clock hpet acpi_pm", string? log = null)
    {
        var facts = Some.KvmGuest();
        return facts with
        {
            Identity = facts.Identity with { KernelRelease = Some.Known(kernel) },
            Cpu = new() { Cpus = Some.List(Some.Cpu(0, flags)) },
            Clock = facts.Clock with
            {
                CommandLine = Some.Known(Some.Arguments("ro " + arguments)),
                AvailableSources = Some.List(sources.Split(' ')),
                CurrentSource = Some.Missing<string>()
            },
            KernelLog = new() { Log = Some.Known(new KernelLog(true, log is null ? [] : [new(0, log)])) },
        };
    }

    private static MachineFacts Host(string arguments, params string[] flags)
    {
        var facts = Some.KvmHost();
        return facts with
        {
            Cpu = new() { Cpus = Some.List(Some.Cpu(0, flags)) },
            Clock = facts.Clock with { CommandLine = Some.Known(Some.Arguments("ro " + arguments)) },
        };
    }

    private static MachineFacts Metal(string arguments, params string[] flags)
    {
        var facts = Host(arguments, flags);
        return facts with { Identity = facts.Identity with { Roles = Some.List(Role.BareMetal) } };
    }

    private static MachineFacts Rhel(string version, string arguments, bool? constant, bool? pvClock = false, string? log = null) => new()
    {
        Identity = Some.KvmGuest()
            .Identity with
        { Os = Some.Known(Some.Os("rhel", version, OsFamily.RedHat)), KernelRelease = Some.Known("2.6.18-164.el5") },
        Cpu = new() { Cpus = Some.List(Some.Cpu(0, "tsc")) },
        Clock = new() { CommandLine = Some.Known(Some.Arguments("ro root=LABEL=/ " + arguments)) },
        KernelLog = new() { Log = log is null ? Some.Missing<KernelLog>() : Some.Known(new KernelLog(false, [new(null, log)])) },
        Assumed = new() { HostConstantTsc = constant, PvClock = pvClock },
    };
}
