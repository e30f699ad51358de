using Guestclock.Checks;
using Guestclock.Checks.Boot;
using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Testing;

namespace Guestclock.Tests.Checks.Boot;

public class BootParametersPersistTests() : CheckTests(new BootParametersPersist())
{
    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("nothing set anywhere", Guest("quiet", Grub("/g:1", "ro quiet")), CheckStatus.Pass, "no timekeeping parameter"),
        new CheckRow("all agree", Guest("tsc=reliable x", Grub("/g:1", "ro tsc=reliable"), Grub("/g:2", "tsc=reliable y")),
            CheckStatus.Pass, "2 of 2"),
        new CheckRow("spelling of a name does not matter to order", Guest("notsc lpj=5", Grub("/g:1", "lpj=5 notsc")), CheckStatus.Pass),
        new CheckRow("a dash and an underscore are the same", Guest("no-kvmclock idle=halt", Grub("/g:1", "no_kvmclock \"idle=halt\"")), CheckStatus.Pass),
        new CheckRow("the last of two counts", Guest("clocksource=hpet clocksource=tsc", Grub("/g:1", "clocksource=tsc")),
            CheckStatus.Pass),
        new CheckRow("the default entry lacks it", Guest("clocksource=tsc", Grub("/boot/grub/grub.cfg:9", "ro")), CheckStatus.Warning,
            "/boot/grub/grub.cfg:9 (t) lacks clocksource=tsc"),
        new CheckRow("an older kernel's entry lacks it",
            Guest("notsc", Grub("/g:1", "notsc"), Grub("/g:2", "ro") with { IsDefault = false }), CheckStatus.Info, "/g:2"),
        new CheckRow("a rescue entry may lack it", Guest("notsc", Grub("/g:1", "notsc"), Grub("/g:2", "ro") with { IsRescue = true }),
            CheckStatus.Pass),
        new CheckRow("a left-over file may lack it",
            Guest("notsc", Grub("/g:1", "notsc"), Grub("/m:2", "ro") with { IsLeftOver = true, Loader = BootLoader.GrubLegacy }),
                CheckStatus.Pass),
        new CheckRow("the template lacks it", Template(Guest("notsc", Grub("/g:1", "notsc")), "quiet"), CheckStatus.Warning,
            "/etc/default/grub lacks notsc"),
        new CheckRow("the template has it", Template(Guest("notsc", Grub("/g:1", "notsc")), "notsc"), CheckStatus.Pass, "2 of 2"),
        new CheckRow("the template of another loader",
            Template(Guest("notsc", Grub("/l", "notsc") with { Loader = BootLoader.GrubLegacy }), "quiet"), CheckStatus.Pass),
        new CheckRow("kernel-install lacks it", Install(Guest("notsc", Grub("/l.conf", "notsc") with { Loader = BootLoader.Bls }), "ro"),
            CheckStatus.Warning, "vi /etc/kernel/cmdline"),
        new CheckRow("not yet booted with it", Guest("ro", Grub("/g:1", "tsc=reliable")), CheckStatus.Info,
            "takes effect with the next boot"),
        new CheckRow("another value", Guest("clocksource=tsc", Grub("/g:1", "clocksource=hpet")), CheckStatus.Warning,
            "lacks clocksource=tsc"),
        new CheckRow("options of a variable nobody sets",
            Guest("notsc", Grub("/b.conf", "$kernelopts") with { Loader = BootLoader.Bls }), CheckStatus.NotApplicable),
        new CheckRow("an image is compared with itself", Image(Grub("/g:1", "notsc"), Grub("/g:2", "ro") with { IsDefault = false }),
            CheckStatus.Info, "/g:2"),
        new CheckRow("an image with one entry", Image(Grub("/g:1", "notsc")), CheckStatus.NotApplicable, "nothing to compare"),
        new CheckRow("RHEL 7 needs both commands", Os(Template(Guest("notsc", Grub("/boot/grub2/grub.cfg:4", "ro")), "ro"), "7.9"),
            CheckStatus.Warning, "vi /etc/default/grub"),
        new CheckRow("a kernel that the hypervisor started",
            Guest("", Grub("/g:1", "notsc")) with { Clock = new() { CommandLine = Some.Known(Some.Arguments("tsc=reliable")) } },
                CheckStatus.NotApplicable, "BOOT_IMAGE"),
        new CheckRow("no boot loader in a guest", Some.KvmGuest() with { Boot = Without(FactState.Missing) }, CheckStatus.NotApplicable,
            "hypervisor starts the kernel"),
        new CheckRow("no boot loader on a host", Some.KvmHost() with { Boot = Without(FactState.Missing) }, CheckStatus.NotApplicable),
        new CheckRow("not readable", Some.KvmGuest() with { Boot = Without(FactState.Denied) }, CheckStatus.Unknown, "reason"),
        new CheckRow("not recorded", Some.KvmGuest() with { Boot = Without(FactState.NotRecorded) }, CheckStatus.Unknown),
        new CheckRow("a container",
            Some.KvmGuest() with { Identity = Some.KvmGuest().Identity with { Roles = Some.List(Role.Container) } },
                CheckStatus.NotApplicable, "host"),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new BootParametersPersist(), row);

    private static BootEntry Grub(string source, string arguments) =>
        new(BootLoader.Grub2, source, "t", "/vmlinuz", Some.Arguments(arguments), true, false);

    private static BootFacts Without(FactState state) => new()
    {
        Entries = Some.Not<IReadOnlyList<BootEntry>>(state),
        GrubDefault = Some.Not<GrubDefaultArguments>(state),
        KernelInstallArguments = Some.Not<KernelArguments>(state),
    };

    private static MachineFacts Guest(string arguments, params IReadOnlyList<BootEntry> entries) => Some.KvmGuest() with
    {
        Clock = Some.KvmGuest().Clock with { CommandLine = Some.Known(Some.Arguments("BOOT_IMAGE=/vmlinuz " + arguments)) },
        Boot = Without(FactState.Missing) with { Entries = Some.List(entries) },
    };

    private static MachineFacts Image(params IReadOnlyList<BootEntry> entries) => Guest("", entries) with
    {
        Clock = new() { CommandLine = Some.Not<KernelArguments>(FactState.NotRecorded) },
    };

    private static MachineFacts Template(MachineFacts facts, string arguments) => facts with
    {
        Boot = facts.Boot with
        {
            GrubDefault = Some.Known(new GrubDefaultArguments(Some.Arguments(arguments), Some.Arguments(""),
            ["/etc/default/grub"]))
        },
    };

    private static MachineFacts Install(MachineFacts facts, string arguments) => facts with
    {
        Boot = facts.Boot with { KernelInstallArguments = Fact.Known(Some.Arguments(arguments), "/etc/kernel/cmdline") },
    };

    private static MachineFacts Os(MachineFacts facts, string version) => facts with
    {
        Identity = facts.Identity with { Os = Some.Known(Some.Os("centos", version, OsFamily.RedHat)) },
    };
}
