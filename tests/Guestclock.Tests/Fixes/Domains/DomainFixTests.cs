using System.Text;
using Guestclock.Facts;
using Guestclock.Fixes;
using Guestclock.Fixes.Steps;
using Guestclock.Formats.Domains;
using Guestclock.Machines;
using Guestclock.Probes;
using Guestclock.Testing;
using Guestclock.Tests.Checks.Domain;
using Guestclock.Tests.Formats;

namespace Guestclock.Tests.Fixes.Domains;

public class DomainFixTests
{
    private const string Secret = "<graphics type='vnc' passwd='hidden'/>";

    [Fact]
    public void On_a_running_machine_libvirt_gets_the_definition_with_its_secrets()
    {
        var stored = DomainFactsOf.Linux("offset='utc'", "offset='absolute' start='0'").Replace("<emulator>", Secret + "<emulator>", StringComparison.Ordinal);
        var plan = Live("domain-clock", DomainFactsOf.Domain(stored, "shut off"), stored, named: false);
        var step = Assert.IsType<DomainStep>(Assert.Single(plan.Steps));
        Assert.Equal(("qemu:///system", "deb12", stored), (step.Uri, step.Name, step.Before));
        Assert.Equal(stored.Replace("offset='absolute' start='0'", "offset='utc'", StringComparison.Ordinal), step.After);
        Assert.Equal((Effect.GuestStart, Risk.None), (step.Effect, step.Risk));
        Assert.Empty(Live("domain-clock", DomainFactsOf.Domain(step.After, "shut off"), step.After).Steps);
    }

    [Fact]
    public void The_definition_of_the_next_start_is_changed_not_the_one_that_runs()
    {
        var running = DomainFactsOf.Windows("<timer name=\"hypervclock\" present=\"yes\"/>", "");
        var next = running.Replace("retries=\"8191\"", "retries=\"4095\"", StringComparison.Ordinal);
        var step = Assert.IsType<DomainStep>(Assert.Single(Live("domain-timers", DomainFactsOf.Domain(running, "running", next), next).Steps));
        Assert.Equal(next, step.Before);
        Assert.Contains("<timer name=\"hypervclock\" present=\"yes\"/>", step.After, StringComparison.Ordinal);

        var mended = Live("domain-timers", DomainFactsOf.Domain(running, "running", step.After), step.After);
        Assert.Empty(mended.Steps);
        Assert.Contains("virsh shutdown win10", Planned.ByHand(mended), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_only_worth_knowing_changes_when_it_is_named()
    {
        var stored = DomainFactsOf.Linux("<timer name='hpet' present='no'/>", "");
        var domain = DomainFactsOf.Domain(stored, "shut off");
        var unnamed = Live("domain-timers", domain, stored, named: false);
        Assert.Empty(unnamed.Steps);
        Assert.Equal(FindingState.Optional, Assert.Single(unnamed.Findings).State);
        Assert.Contains("hpet", Assert.IsType<DomainStep>(Assert.Single(Live("domain-timers", domain, stored).Steps)).After, StringComparison.Ordinal);
    }

    [Fact]
    public void A_warning_of_one_domain_does_not_change_what_is_only_worth_knowing_of_another()
    {
        var bad = DomainFactsOf.Windows("<timer name=\"hypervclock\" present=\"yes\"/>", "");
        var fair = DomainFactsOf.Linux("<timer name='hpet' present='no'/>", "");
        var facts = DomainFactsOf.Host(DomainFactsOf.Libvirt([DomainFactsOf.Domain(bad, "shut off"), DomainFactsOf.Domain(fair, "shut off")]));
        var machine = new MemoryMachine().Answer(Questions.LibvirtDefinitionPrefix + "win10", bad).Answer(Questions.LibvirtDefinitionPrefix + "deb12", fair);
        Assert.Equal("domain qemu:///system win10", Assert.Single(Planned.For(facts, machine, "domain-timers", named: false).Steps).Key);
        Assert.Equal(2, Planned.For(facts, machine, "domain-timers").Steps.Count);
    }

    [Fact]
    public void An_RTC_that_would_move_by_hours_is_held_back_until_it_is_named()
    {
        var stored = DomainFactsOf.Windows("offset=\"localtime\"", "offset=\"utc\"");
        var domain = DomainFactsOf.Domain(stored, "shut off");
        var held = Live("domain-clock", domain, stored, named: false);
        Assert.Empty(held.Steps);
        Assert.Equal((FindingState.HeldBack, Risk.Clock), Assert.Single(held.Findings) is var f ? (f.State, f.Risk) : default);
        Assert.Single(Live("domain-clock", domain, stored).Steps);
    }

    [Fact]
    public void Repairs_of_one_domain_become_one_step()
    {
        var stored = DomainFactsOf.Linux("<timer name='rtc' tickpolicy='catchup'/>", "<timer name='rtc' track='guest'/>");
        var facts = DomainFactsOf.Host(DomainFactsOf.Libvirt([DomainFactsOf.Domain(stored, "shut off")]));
        var machine = new MemoryMachine().Answer(Questions.LibvirtDefinitionPrefix + "deb12", stored);
        var plan = Planner.Make(facts, Guestclock.Judging.Judge.Run(facts, Guestclock.Checks.Policy.Default, new(2026, 1, 1)), machine, new()
        {
            Chosen = c => c.Id is "domain-clock" or "domain-timers",
            Named = new HashSet<string>(StringComparer.Ordinal) { "domain-clock", "domain-timers" },
        });
        var step = Assert.IsType<DomainStep>(Assert.Single(plan.Steps));
        Assert.Equal(stored, step.Before);
        Assert.Equal(DomainSamples.Linux, step.After);
        Assert.Equal(2, step.Reasons.Count);
    }

    [Theory]
    [InlineData("kvmclock", "virsh edit", "<kvm><hidden state='off'/></kvm>")]
    public void What_is_more_than_the_clock_is_left_to_the_user(string timer, params string[] says)
    {
        var stored = DomainFactsOf.Linux("<features><acpi/><apic/></features>", "<features><kvm><hidden state='on'/></kvm></features>")
            .Replace("<timer name='hpet'", $"<timer name='{timer}' present='no'/><timer name='hpet'", StringComparison.Ordinal);
        var plan = Live("domain-timers", DomainFactsOf.Domain(stored, "shut off"), stored);
        var after = Assert.IsType<DomainStep>(Assert.Single(plan.Steps)).After;
        Assert.Contains("<timer name='kvmclock' present='yes'/>", after, StringComparison.Ordinal);
        var rest = Live("domain-timers", DomainFactsOf.Domain(after, "shut off"), after);
        Assert.Empty(rest.Steps);
        Assert.All(says, s => Assert.Contains(s, Planned.ByHand(rest), StringComparison.Ordinal));
    }

    [Fact]
    public void A_transient_domain_a_managers_one_and_a_QEMU_of_its_own_are_left_to_the_user()
    {
        var transient = DomainFactsOf.Linux("offset='utc'", "offset='localtime'");
        Assert.Contains("transient", Planned.ByHand(Live("domain-clock", DomainFactsOf.Domain(transient), transient)), StringComparison.Ordinal);

        var nova = DomainSamples.Nova.Replace("offset='utc'", "offset='absolute' start='1'", StringComparison.Ordinal);
        var plan = Live("domain-clock", DomainFactsOf.Domain(nova, "shut off"), nova);
        Assert.Empty(plan.Steps);
        Assert.Contains("OpenStack", Planned.ByHand(plan), StringComparison.Ordinal);

        var own = Planned.For(DomainFactsOf.Processes("qemu-system-x86_64\t-name\tmine\t-rtc\tclock=vm\t-enable-kvm"), new MemoryMachine(), "domain-clock");
        Assert.Empty(own.Steps);
        Assert.Contains("# mine: -rtc clock=host", Planned.ByHand(own), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_saved_domain_it_is_said_that_its_next_start_is_an_old_one()
    {
        var stored = DomainFactsOf.Linux("offset='utc'", "offset='localtime'");
        var facts = DomainFactsOf.Host(DomainFactsOf.Libvirt([DomainFactsOf.Domain(stored, "shut off")]) with { SavedDomains = Some.List("deb12") });
        var plan = Planned.For(facts, new MemoryMachine().Answer(Questions.LibvirtDefinitionPrefix + "deb12", stored), "domain-clock");
        Assert.Single(plan.Steps);
        Assert.Contains("it is saved", Planned.ByHand(plan), StringComparison.Ordinal);
    }

    [Fact]
    public void A_libvirt_that_does_not_give_the_definition_is_one_sentence()
    {
        var stored = DomainFactsOf.Linux("offset='utc'", "offset='localtime'");
        var facts = DomainFactsOf.Host(DomainFactsOf.Libvirt([DomainFactsOf.Domain(stored, "shut off")]));
        var machine = new MemoryMachine().NoAnswer(Questions.LibvirtDefinitionPrefix + "deb12", FactState.Denied, "libvirt: access denied");
        var plan = Planned.For(facts, machine, "domain-clock");
        Assert.Empty(plan.Steps);
        Assert.Contains("access denied", Planned.ByHand(plan), StringComparison.Ordinal);
        Assert.Contains("virsh edit deb12", Planned.ByHand(plan), StringComparison.Ordinal);
    }

    [Fact]
    public void The_channel_of_an_agent_is_added_and_the_agent_left_to_the_user()
    {
        var stored = DomainFactsOf.Linux("org.qemu.guest_agent.0", "other.0");
        var after = Assert.IsType<DomainStep>(Assert.Single(Live("domain-agent-channel", DomainFactsOf.Domain(stored, "shut off"), stored).Steps)).After;
        Assert.True(DomainXmlReader.Parse(after).AgentChannel);
        Assert.Empty(Live("domain-agent-channel", DomainFactsOf.Domain(after, "shut off"), after).Steps);
    }

    [Fact]
    public void An_invariant_TSC_gets_this_hosts_frequency()
    {
        var stored = DomainFactsOf.Linux("migratable='on'/>", "migratable='on'><feature policy='require' name='invtsc'/></cpu>");
        var after = Assert.IsType<DomainStep>(Assert.Single(Live("domain-migratable-tsc", DomainFactsOf.Domain(stored, "shut off"), stored).Steps)).After;
        Assert.Contains("    <timer name='hpet' present='no'/>\n    <timer name='tsc' frequency='2600000000'/>\n  </clock>", after, StringComparison.Ordinal);
        Assert.Empty(Live("domain-migratable-tsc", DomainFactsOf.Domain(after, "shut off"), after).Steps);
    }

    [Fact]
    public void In_an_image_the_file_changes_byte_by_byte()
    {
        const string path = "/etc/libvirt/qemu/win10.xml";
        var before = Encoding.UTF8.GetBytes(DomainFactsOf.Windows("offset=\"localtime\"", "offset=\"absolute\" start=\"0\"").Replace("<vmport", "<!-- Büro \u20AC --><vmport", StringComparison.Ordinal));
        var plan = Planned.For(Image(path, before, out var machine), machine, "domain-clock");
        var after = Planned.OnlyFile(plan, path);
        Assert.Equal(Encoding.Latin1.GetString(before).Replace("offset=\"absolute\" start=\"0\"", "offset=\"localtime\"", StringComparison.Ordinal), after);
        Assert.Equal(Effect.GuestStart, plan.Steps[0].Effect);
        Assert.Empty(Planned.For(Image(path, Encoding.Latin1.GetBytes(after), out machine), machine, "domain-clock").Steps);
    }

    [Theory]
    [InlineData("/usr/lib64/libvirt.so.0", "libvirt.so.0.10.2", false)]
    [InlineData("/usr/lib64/libvirt.so.0", "libvirt.so.0.1001.1", false)]
    [InlineData("/usr/lib64/libvirt.so.0", "libvirt.so.0.1002.2", true)]
    [InlineData("/usr/lib/x86_64-linux-gnu/libvirt.so.0", "libvirt.so.0.9000.0", true)]
    public void A_timer_that_the_hosts_libvirt_does_not_know_is_not_written(string link, string target, bool knows)
    {
        const string path = "/etc/libvirt/qemu/win10.xml";
        var before = DomainFactsOf.Windows("<timer name=\"hypervclock\" present=\"yes\"/>", "").Replace("<timer name=\"hpet\" present=\"no\"/>", "", StringComparison.Ordinal)
            .Replace("relaxed state=\"on\"", "relaxed state=\"off\"", StringComparison.Ordinal);
        var facts = Image(path, Encoding.UTF8.GetBytes(before), out var machine);
        machine.Link(link, target);
        var plan = Planned.For(facts, machine, "domain-timers");
        var after = Planned.OnlyFile(plan, path);
        Assert.Contains("hpet", after, StringComparison.Ordinal);
        Assert.Equal(knows, after.Contains("hypervclock", StringComparison.Ordinal));
        Assert.Equal(!knows, Planned.ByHand(plan).Contains("older than 1.2.2", StringComparison.Ordinal));
    }

    private static MachineFacts Image(string path, byte[] definition, out MemoryMachine machine)
    {
        machine = new MemoryMachine { IsLive = false }.File(path, definition);
        return Some.KvmHost() with { Libvirt = LibvirtProbe.Gather(machine) };
    }

    private static Plan Live(string check, LibvirtDomain domain, string stored, bool named = true) =>
        Planned.For(DomainFactsOf.Host(DomainFactsOf.Libvirt([domain])), new MemoryMachine().Answer(Questions.LibvirtDefinitionPrefix + domain.Name, stored), check, named);
}
