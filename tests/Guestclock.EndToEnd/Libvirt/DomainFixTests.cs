using Guestclock.Checks;
using Guestclock.Fixes;
using Guestclock.Fixes.Steps;
using Guestclock.Formats.Domains;
using Guestclock.Formats.Editing.Domains;
using Guestclock.Judging;
using Guestclock.Linux.Libvirt;
using Guestclock.Linux.Live;
using Guestclock.Linux.Machines;
using Guestclock.Probes;
using Guestclock.Testing;

namespace Guestclock.EndToEnd.Libvirt;

/// <summary>Definitions of a real libvirtd, repaired through its library and in its files.</summary>
public sealed class DomainFixTests(ITestOutputHelper output)
{
    private static readonly string[] Checks = ["domain-clock", "domain-timers", "domain-agent-channel"];

    private const string Clock = "<clock offset='absolute' start='1700000000'>\n    <timer name='rtc' track='guest'/>\n    <timer name='hpet' present='yes'/>\n  </clock>";

    [Fact]
    public async Task Libvirt_stores_what_the_repair_wanted_and_nothing_else_and_takes_the_old_definition_back()
    {
        await using var libvirt = PrivateLibvirt.Create();
        libvirt.Up();
        await libvirt.UntilUpAsync();
        var xml = Path.Combine(libvirt.Folder, "web.xml");
        await File.WriteAllTextAsync(xml, Definition("web", Clock));
        await libvirt.VirshAsync("define", xml);
        var before = await DumpAsync(libvirt, "web");

        var step = Assert.IsType<DomainStep>(Assert.Single(Planned(libvirt.Uri).Steps));
        Assert.Contains("passwd='hidden'", step.Before, StringComparison.Ordinal);
        Assert.Equal(before, step.Before);
        using var connection = await LibvirtConnection.OpenAsync(libvirt.Uri, TestContext.Current.CancellationToken);
        var stored = await LibvirtDefinitions.ReplaceAsync(connection, "web", step.Before, step.After, TestContext.Current.CancellationToken);

        var after = await DumpAsync(libvirt, "web");
        Assert.Equal(stored, after);
        Assert.Equal("shut off", (await libvirt.VirshAsync("domstate", "web")).Trim());
        output.WriteLine(string.Join('\n', After(before, after)));
        Assert.Equal(
            ["<clock offset='utc'>", "<timer name='rtc' tickpolicy='catchup'/>", "<timer name='hpet' present='no'/>", "<controller type='virtio-serial' index='0'>", "<channel type='unix'>",
                "<target type='virtio' name='org.qemu.guest_agent.0'/>"], After(before, after).Where(l => !l.StartsWith("<address ", StringComparison.Ordinal)));
        Assert.Equal(["<clock offset='absolute' start='1700000000'>", "<timer name='rtc' track='guest'/>", "<timer name='hpet' present='yes'/>"], After(after, before));
        Assert.Empty(Planned(libvirt.Uri).Steps);

        Assert.Equal(before, await LibvirtDefinitions.ReplaceAsync(connection, "web", stored, step.Before, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_guest_that_runs_goes_on_as_it_is_until_its_next_start()
    {
        await using var libvirt = PrivateLibvirt.Create();
        libvirt.Up();
        await libvirt.UntilUpAsync();
        var xml = Path.Combine(libvirt.Folder, "web.xml");
        await File.WriteAllTextAsync(xml, Definition("web", "<clock offset='utc'>\n    <timer name='rtc' tickpolicy='catchup' track='guest'/>\n    <timer name='hpet' present='no'/>\n  </clock>"));
        await libvirt.VirshAsync("define", xml);
        await libvirt.VirshAsync("start", "--paused", "web");
        var running = await libvirt.VirshAsync("dumpxml", "web");

        var step = Assert.IsType<DomainStep>(Assert.Single(Planned(libvirt.Uri, "domain-clock").Steps));
        using var connection = await LibvirtConnection.OpenAsync(libvirt.Uri, TestContext.Current.CancellationToken);
        await LibvirtDefinitions.ReplaceAsync(connection, "web", step.Before, step.After, TestContext.Current.CancellationToken);

        Assert.Equal(running, await libvirt.VirshAsync("dumpxml", "web"));
        Assert.Equal("paused", (await libvirt.VirshAsync("domstate", "web")).Trim());
        Assert.DoesNotContain("track", await DumpAsync(libvirt, "web"), StringComparison.Ordinal);
        var second = Planned(libvirt.Uri, "domain-clock");
        Assert.Empty(second.Steps);
        Assert.Contains(second.Findings.SelectMany(f => f.ByHand).SelectMany(b => b.Commands), c => c.StartsWith("virsh shutdown web", StringComparison.Ordinal));
        await libvirt.VirshAsync("destroy", "web");
    }

    [Fact]
    public async Task A_libvirtd_that_starts_later_loads_a_file_that_was_edited()
    {
        await using var libvirt = PrivateLibvirt.Create();
        Directory.CreateDirectory(Path.Combine(libvirt.Folder, "etc"));
        DomainChange[] changes = [new ClockChange("localtime"), new TimerChange("rtc", "tickpolicy", "catchup"), new TimerChange("hpet", "present", "no"), new TimerChange("rtc", "track", null), new AgentChannelChange()];
        await File.WriteAllTextAsync(Path.Combine(libvirt.Folder, "etc", "web.xml"), DomainXmlEditor.Apply(Definition("web", Clock), changes));
        libvirt.Up();
        await libvirt.UntilUpAsync();
        var loaded = DomainXmlReader.Parse(await DumpAsync(libvirt, "web"));
        Assert.All(changes, c => Assert.True(c.IsMadeIn(loaded), c.ToString()));
    }

    private static Plan Planned(string uri, params IReadOnlyList<string> checks)
    {
        checks = checks.Count == 0 ? Checks : checks;
        var machine = new LiveMachine([new LibvirtLibrary(uri), new LibvirtDefinitionAnswers(uri)]);
        var facts = Some.KvmHost() with { Libvirt = LibvirtProbe.Gather(machine) };
        return Planner.Make(facts, Judge.Run(facts, Policy.Default, new(2026, 1, 1)), machine,
            new() { Chosen = c => checks.Contains(c.Id, StringComparer.Ordinal), Named = checks.ToHashSet(StringComparer.Ordinal) });
    }

    private static Task<string> DumpAsync(PrivateLibvirt libvirt, string name) => Trimmed(libvirt.VirshAsync("dumpxml", "--inactive", "--security-info", name));

    /// <summary>virsh ends what it prints with a line end of its own.</summary>
    private static async Task<string> Trimmed(Task<string> text) => (await text).TrimEnd('\n') + "\n";

    /// <summary>The lines of the second text that the first one has fewer of, but ends of elements.</summary>
    private static List<string> After(string first, string second)
    {
        var lines = first.Split('\n').Select(l => l.Trim()).ToList();
        return [.. second.Split('\n').Select(l => l.Trim()).Where(l => !lines.Remove(l) && !l.StartsWith("</", StringComparison.Ordinal))];
    }

    private static string Definition(string name, string clock) => $"""
        <!--
        WARNING: THIS IS AN AUTO-GENERATED FILE. CHANGES TO IT ARE LIKELY TO BE
        -->

        <domain type='qemu'>
          <name>{name}</name>
          <uuid>3f1c7dd4-54b8-4b8c-a2ad-33f3a2a0a0c1</uuid>
          <metadata>
            <libosinfo:libosinfo xmlns:libosinfo="http://libosinfo.org/xmlns/libvirt/domain/1.0">
              <libosinfo:os id="http://debian.org/debian/12"/>
            </libosinfo:libosinfo>
          </metadata>
          <memory unit='KiB'>65536</memory>
          <vcpu>1</vcpu>
          <os>
            <type arch='x86_64' machine='pc'>hvm</type>
          </os>
          <features><acpi/></features>
          {clock}
          <devices>
            <emulator>/usr/bin/qemu-system-x86_64</emulator>
            <controller type='usb' model='none'/>
            <memballoon model='none'/>
            <graphics type='vnc' port='-1' autoport='yes' listen='127.0.0.1' passwd='hidden'/>
          </devices>
        </domain>

        """;
}
