using Guestclock.Formats;
using Guestclock.Formats.Domains;
using Guestclock.Formats.Editing.Domains;
using Guestclock.Testing;

namespace Guestclock.Tests.Formats.Editing;

public class DomainXmlEditorTests
{
    private static readonly DomainChange Channel = new AgentChannelChange();
    private static readonly DomainChange Utc = new ClockChange("utc");
    private static readonly DomainChange Rtc = new TimerChange("rtc", "tickpolicy", "catchup");
    private static readonly DomainChange Pit = new TimerChange("pit", "tickpolicy", "delay");
    private static readonly DomainChange Hpet = new TimerChange("hpet", "present", "no");
    private static readonly DomainChange HyperV = new TimerChange("hypervclock", "present", "yes");

    [Fact]
    public void An_offset_takes_the_place_of_another_with_all_that_belongs_to_it() =>
        Is("<clock offset='variable' adjustment='-3600' basis='utc'/>", "<clock offset='utc'/>", Utc);

    [Fact]
    public void Quotes_blanks_and_remarks_stay() =>
        Is("<clock  adjustment = \"7\"\n\t offset = \"localtime\" ><!-- <clock offset='x'> -->\n    <timer   name=\"rtc\"  /> </clock >",
            "<clock\n\t offset = \"utc\" ><!-- <clock offset='x'> -->\n    <timer   name=\"rtc\" tickpolicy=\"catchup\"  /> </clock >", Utc, Rtc);

    [Fact]
    public void A_clock_without_an_offset_gets_one() => Is("<clock/>", "<clock offset='localtime'/>", new ClockChange("localtime"));

    [Fact]
    public void An_empty_clock_opens_for_its_timers() => Is("<clock offset='localtime' />",
        """
        <clock offset='localtime'>
            <timer name='rtc' tickpolicy='catchup'/>
            <timer name='pit' tickpolicy='delay'/>
            <timer name='hpet' present='no'/>
            <timer name='hypervclock' present='yes'/>
          </clock>
        """, HyperV, Hpet, Rtc, Pit);

    [Fact]
    public void A_new_timer_stands_in_virt_managers_order_behind_remarks() => Is(
        """
        <clock offset='utc'>
            <timer name='rtc' tickpolicy='catchup'/> <!-- slow guest -->
            <timer name='kvmclock' present='yes'/>
          </clock>
        """,
        """
        <clock offset='utc'>
            <timer name='rtc' tickpolicy='catchup'/> <!-- slow guest -->
            <timer name='hpet' present='no'/>
            <timer name='kvmclock' present='yes'/>
          </clock>
        """, Hpet);

    [Fact]
    public void A_timer_keeps_its_other_attributes_and_elements() => Is(
        "<clock offset='utc'><timer name='rtc' track='guest'><catchup threshold='123'/></timer></clock>",
        "<clock offset='utc'><timer name='rtc' tickpolicy='catchup'><catchup threshold='123'/></timer></clock>", Rtc, new TimerChange("rtc", "track", null));

    [Fact]
    public void A_value_is_changed_where_it_stands() =>
        Is("<clock offset='utc'><timer present='yes' name='hpet'/></clock>", "<clock offset='utc'><timer present='no' name='hpet'/></clock>", Hpet);

    [Fact]
    public void A_definition_without_a_clock_gets_one_behind_its_cpu() => Is("<cpu mode='host-passthrough'/>",
        "<cpu mode='host-passthrough'/>\n  <clock offset='localtime'/>", new ClockChange("localtime"));

    [Fact]
    public void The_channel_stands_behind_the_other_channels()
    {
        var before = DomainSamples.Linux.Replace("\n        <channel type='unix'>", "\n        <channel type='pty'>", StringComparison.Ordinal)
            .Replace("org.qemu.guest_agent.0", "some.other.0", StringComparison.Ordinal);
        Assert.False(DomainXmlReader.Parse(before).AgentChannel);
        var added = """
            <channel type='spicevmc'><target type='virtio' name='com.redhat.spice.0'/></channel>
                <channel type='unix'>
                  <target type='virtio' name='org.qemu.guest_agent.0'/>
                </channel>

            """;
        Assert.Equal(before.Replace("<channel type='spicevmc'><target type='virtio' name='com.redhat.spice.0'/></channel>\n", added, StringComparison.Ordinal),
            DomainXmlEditor.Apply(before, [Channel]));
    }

    [Fact]
    public void Empty_devices_open_for_the_channel() => Assert.Contains(
        "  <devices>\n    <channel type='unix'>\n      <target type='virtio' name='org.qemu.guest_agent.0'/>\n    </channel>\n  </devices>\n",
        DomainXmlEditor.Apply(DomainSamples.Nova, [Channel]), StringComparison.Ordinal);

    [Fact]
    public void Line_ends_of_Windows_stay()
    {
        var before = DomainSamples.Linux.ReplaceLineEndings("\r\n").Replace("<timer name='hpet' present='no'/>", "", StringComparison.Ordinal);
        var after = DomainXmlEditor.Apply(before, [Hpet]);
        Assert.Contains("delay'/>\r\n    <timer name='hpet' present='no'/>\r\n", after, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', after.Replace("\r\n", "", StringComparison.Ordinal));
    }

    [Fact]
    public void A_definition_on_one_line_stays_on_one_line() => Assert.Equal(
        "<domain type='kvm'><name>a</name><clock offset='utc'><timer name='rtc' tickpolicy='catchup'/><timer name='hpet' present='no'/></clock><devices><channel type='unix'>"
            + "<target type='virtio' name='org.qemu.guest_agent.0'/></channel></devices></domain>",
        DomainXmlEditor.Apply("<domain type='kvm'><name>a</name><devices/></domain>", [Rtc, Hpet, Channel]));

    [Fact]
    public void Tabs_are_an_indentation_too() => Assert.Equal(
        "<domain type='kvm'>\n\t<name>a</name>\n\t<clock offset='utc'>\n\t\t<timer name='rtc' tickpolicy='catchup'/>\n\t</clock>\n</domain>",
        DomainXmlEditor.Apply("<domain type='kvm'>\n\t<name>a</name>\n\t<clock offset='utc'/>\n</domain>", [Rtc]));

    [Fact]
    public void Elements_of_the_same_name_elsewhere_are_left_alone() => Is(
        "<metadata><m:x xmlns:m='urn:x'><clock offset='variable'/><![CDATA[<clock offset='variable'>]]></m:x></metadata><!-- <clock/> --><clock offset='localtime'/>",
        "<metadata><m:x xmlns:m='urn:x'><clock offset='variable'/><![CDATA[<clock offset='variable'>]]></m:x></metadata><!-- <clock/> --><clock offset='utc'/>", Utc);

    [Theory]
    [InlineData("<clock offset='utc'/><clock offset='localtime'/>", "more than one clock")]
    [InlineData("<clock offset='utc'><timer name='rtc'/><timer name='rtc'/></clock>", "more than one timer 'rtc'")]
    [InlineData("<clock offset='utc'><timer name='r&#116;c'/></clock>", "virsh edit")]
    [InlineData("<m:clock xmlns:m='urn:x' offset='localtime'/>", "virsh edit")]
    public void What_cannot_be_edited_in_place_is_refused(string clock, string says) => Assert.Contains(says,
        Assert.Throws<MalformedInputException>(() => DomainXmlEditor.Apply(Domain(clock), [new ClockChange("localtime"), Rtc, Utc])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("<!DOCTYPE domain [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><domain type='kvm'><name>&e;</name></domain>")]
    [InlineData("<domain type='kvm'><name>&e;</name></domain>")]
    [InlineData("<domain type='kvm'><name>a</name>")]
    [InlineData("")]
    public void Document_types_entities_and_what_is_no_XML_are_refused(string text) =>
        Assert.Throws<MalformedInputException>(() => DomainXmlEditor.Apply(text, [Rtc]));

    [Fact]
    public void The_state_of_a_running_domain_is_no_definition() =>
        Assert.Throws<MalformedInputException>(() => DomainXmlEditor.Apply(DomainSamples.Status, [Rtc]));

    [Fact]
    public void A_byte_order_mark_stays_also_as_Latin_1_shows_it()
    {
        var text = Domain("<clock offset='localtime'/>");
        Assert.Equal("\uFEFF" + Domain("<clock offset='utc'/>"), DomainXmlEditor.Apply("\uFEFF" + text, [Utc]));
        Assert.Equal("\u00EF\u00BB\u00BF" + Domain("<clock offset='utc'/>"), DomainXmlEditor.Apply("\u00EF\u00BB\u00BF" + text, [Utc]));
    }

    [Fact]
    public void Any_text_is_edited_so_that_it_says_what_was_wanted_or_refused()
    {
        DomainChange[] all = [new ClockChange("localtime"), Rtc, Pit, Hpet, HyperV, new TimerChange("tsc", "frequency", "2600000000"), new TimerChange("rtc", "track", null), Channel];
        string[] samples = [DomainSamples.Linux, DomainSamples.Windows, DomainSamples.Nova, Domain("<clock offset='variable' adjustment='1'><timer name='rtc' track='guest'/></clock>")];
        Fuzz.Text(samples, text =>
        {
            var after = DomainXmlEditor.Apply(text, all);
            Assert.Equal(after, DomainXmlEditor.Apply(after, all));
            Assert.All(all, c => Assert.True(c.IsMadeIn(DomainXmlReader.Parse(after))));
            Assert.True(text.Length == 0 || IsSubsequence(Outside(text), after));
        });
    }

    [Fact]
    public void Any_choice_of_changes_leaves_all_but_the_clock_and_the_channel_byte_for_byte()
    {
        DomainChange[] all = [new ClockChange("localtime"), Rtc, Pit, Hpet, HyperV, new TimerChange("tsc", "frequency", "2600000000"), new TimerChange("rtc", "track", null), Channel];
        string[] samples = [DomainSamples.Linux, DomainSamples.Linux.ReplaceLineEndings("\r\n"), DomainSamples.Windows, Domain("<clock offset='utc'/>"),
            Domain("<clock offset='variable' adjustment='1'><timer name='rtc' track='guest'/></clock>").Replace("\n", "", StringComparison.Ordinal)];
        foreach (var sample in samples)
        {
            for (var choice = 0; choice < 1 << all.Length; choice++)
            {
                var changes = all.Where((_, i) => (choice & (1 << i)) != 0).ToList();
                var after = DomainXmlEditor.Apply(sample, changes);
                Assert.Equal(Rest(sample), Rest(after));
                Assert.Equal(after, DomainXmlEditor.Apply(after, changes));
            }
        }
    }

    /// <summary>The text without its clock and without an agent's channel.</summary>
    private static string Rest(string text)
    {
        var from = text.IndexOf("<clock", StringComparison.Ordinal);
        var to = text.IndexOf("</clock>", from, StringComparison.Ordinal) is var end and >= 0 ? end + 8 : text.IndexOf("/>", from, StringComparison.Ordinal) + 2;
        text = text[..from] + text[to..];
        var name = text.IndexOf("org.qemu.guest_agent.0", StringComparison.Ordinal);
        if (name < 0)
            return text;
        var start = text[..text.LastIndexOf("<channel", name, StringComparison.Ordinal)].TrimEnd().Length;
        return text[..start] + text[(text.IndexOf("</channel>", name, StringComparison.Ordinal) + 10)..];
    }

    /// <summary>The text up to the clock, which every edit keeps.</summary>
    private static string Outside(string text) => text.IndexOf("<clock", StringComparison.Ordinal) is var at and > 0 ? text[..at] : "";

    private static bool IsSubsequence(string part, string whole)
    {
        var at = 0;
        foreach (var c in whole)
        {
            if (at < part.Length && part[at] == c)
                at++;
        }

        return at == part.Length;
    }

    private static string Domain(string clock) => $"<!--\nWARNING\n-->\n\n<domain type='kvm'>\n  <name>a</name>\n  {clock}\n  <devices>\n    <emulator>/bin/q</emulator>\n  </devices>\n</domain>\n";

    private static void Is(string before, string after, params DomainChange[] changes)
    {
        var edited = DomainXmlEditor.Apply(Domain(before), changes);
        Assert.Equal(Domain(after), edited);
        Assert.Equal(edited, DomainXmlEditor.Apply(edited, changes));
    }
}
