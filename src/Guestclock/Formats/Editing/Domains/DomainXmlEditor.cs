using Guestclock.Formats.Domains;

namespace Guestclock.Formats.Editing.Domains;

/// <summary>
/// Changes the clock, its timers and the agent's channel in the definition of a libvirt domain and nothing else: every other byte stays, comments, quotes,
/// order and white space too. New elements stand where libvirt itself writes them (virDomainDefFormatInternal of src/conf/domain_conf.c).
/// </summary>
public static class DomainXmlEditor
{
    private const string Channel = "org.qemu.guest_agent.0";

    /// <summary>libvirt writes the clock behind the last one of these.</summary>
    private static readonly string[] BeforeClock = ["name", "uuid", "title", "description", "metadata", "memory", "currentMemory", "vcpu", "os", "features", "cpu"];

    /// <summary>libvirt writes channels behind the last one of these.</summary>
    private static readonly string[] BeforeChannel =
        ["emulator", "disk", "controller", "lease", "filesystem", "interface", "smartcard", "serial", "parallel", "console", "channel"];

    /// <summary>The order in which virt-manager writes timers.</summary>
    private static readonly string[] Timers = ["rtc", "pit", "hpet", "kvmclock", "hypervclock", "tsc"];

    /// <summary>The definition with these changes; the same text where all are made already.</summary>
    /// <param name="text">Unicode, or Latin-1 with a byte a character.</param>
    /// <exception cref="MalformedInputException">The text is no definition, or of a form that is not edited here.</exception>
    public static string Apply(string text, IReadOnlyList<DomainChange> changes)
    {
        var before = Read(text);
        var edited = text;
        foreach (var change in changes.Where(c => !c.IsMadeIn(before)).OrderBy(c => c is TimerChange t ? Array.IndexOf(Timers, t.Timer) : -1))
            edited = Made(edited, change);
        var after = Read(edited);
        if (changes.FirstOrDefault(c => !c.IsMadeIn(after)) is { } missed)
            throw new MalformedInputException($"the definition is written in a way that is not edited here ({missed}); change it with virsh edit");
        if (Rest(after) != Rest(before))
            throw new MalformedInputException("the edit would change more than the clock and the agent's channel; change it with virsh edit");
        return edited;
    }

    /// <summary>The text without a byte order mark, also one that Latin-1 shows.</summary>
    public static string WithoutMark(string text) => text.StartsWith("\u00EF\u00BB\u00BF", StringComparison.Ordinal) ? text[3..] : text;

    private static DomainXml Read(string text)
    {
        var definition = DomainXmlReader.Parse(WithoutMark(text));
        return definition.State is null ? definition : throw new MalformedInputException("root element", "domain", "'domstatus', the state of a running domain");
    }

    private static string Made(string text, DomainChange change)
    {
        var root = XmlPlaces.Parse(text);
        return change switch
        {
            ClockChange clock => Clock(WithClock(text, root, out var piece), piece, clock.Offset),
            TimerChange { Value: null } timer => One(root.Named("clock"), "clock") is { } clock && Timer(clock, timer.Timer) is { } there
                ? XmlEdit.Remove(text, there, timer.Attribute) : text,
            TimerChange timer => SetTimer(WithClock(text, root, out var piece), piece, timer, Unit(text, root)),
            _ => AddChannel(text, root),
        };
    }

    private static string Clock(string text, XmlPiece clock, string offset)
    {
        // From the back, so that the places before stay right.
        foreach (var attribute in clock.Attributes.Reverse())
        {
            if (attribute.Name is "adjustment" or "basis" or "timezone" or "start")
                text = XmlEdit.Remove(text, clock, attribute.Name);
        }

        return XmlEdit.Set(text, One(XmlPlaces.Parse(text).Named("clock"), "clock")!, "offset", offset);
    }

    /// <summary>A definition without a clock has offset utc.</summary>
    private static string WithClock(string text, XmlPiece root, out XmlPiece clock)
    {
        if (One(root.Named("clock"), "clock") is { } there)
        {
            clock = there;
            return text;
        }

        var quote = XmlEdit.QuoteOf(text, root);
        text = XmlEdit.Insert(text, root, root.Children.LastOrDefault(c => BeforeClock.Contains(c.Name, StringComparer.Ordinal)),
            [$"<clock offset={quote}utc{quote}/>"], Unit(text, root));
        clock = XmlPlaces.Parse(text).Named("clock").Single();
        return text;
    }

    private static string SetTimer(string text, XmlPiece clock, TimerChange change, string unit)
    {
        if (Timer(clock, change.Timer) is { } there)
            return XmlEdit.Set(text, there, change.Attribute, change.Value!);
        var rank = Array.IndexOf(Timers, change.Timer);
        var after = clock.Named("timer").LastOrDefault(t => Array.IndexOf(Timers, t.Attribute("name")?.Value) is var r && r >= 0 && r < rank);
        var quote = XmlEdit.QuoteOf(text, clock);
        return XmlEdit.Insert(text, clock, after, [$"<timer name={quote}{change.Timer}{quote} {change.Attribute}={quote}{change.Value}{quote}/>"], unit);
    }

    private static string AddChannel(string text, XmlPiece root)
    {
        var devices = One(root.Named("devices"), "devices") ?? throw new MalformedInputException("the definition has no devices");
        var q = XmlEdit.QuoteOf(text, root);
        return XmlEdit.Insert(text, devices, devices.Children.LastOrDefault(c => BeforeChannel.Contains(c.Name, StringComparer.Ordinal)),
            [$"<channel type={q}unix{q}>", $" <target type={q}virtio{q} name={q}{Channel}{q}/>", "</channel>"], Unit(text, root));
    }

    private static XmlPiece? Timer(XmlPiece clock, string name) =>
        One(clock.Named("timer").Where(t => t.Attribute("name")?.Value == name), $"timer '{name}'");

    private static XmlPiece? One(IEnumerable<XmlPiece> pieces, string what)
    {
        var all = pieces.Take(2).ToList();
        return all.Count < 2 ? all.FirstOrDefault() : throw new MalformedInputException($"the definition has more than one {what}");
    }

    /// <summary>One step of the text's indentation.</summary>
    private static string Unit(string text, XmlPiece root) =>
        root.Children.Count > 0 && XmlEdit.Indent(text, root.Children[0].Start) is { Length: > 0 } indent ? indent : "  ";

    private static (string, string, string?, string?, bool, bool, bool, string?, string?) Rest(DomainXml d) =>
        (d.Name, d.Type, d.Architecture, d.CpuMode, d.RequiresInvariantTsc, d.Migratable, d.KvmHidden, d.Manager, string.Join(' ', d.HyperVFeatures));
}
