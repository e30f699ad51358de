using System.Globalization;
using System.Xml;

namespace Guestclock.Formats.Domains;

/// <summary>
/// Reads the clock's part of a libvirt domain: a definition (root <c>domain</c>) or a status file of a running one (root <c>domstatus</c>).
/// A document type is refused, and depth, elements and characters are bounded.
/// </summary>
public static class DomainXmlReader
{
    private const int MaxCharacters = 4 << 20;
    private const int MaxDepth = 64;
    private const int MaxElements = 50_000;

    public static DomainXml Parse(string text)
    {
        // libvirt writes a comment before the root; some editors leave a byte order mark.
        using var reader = XmlReader.Create(new StringReader(text.TrimStart('\uFEFF')), new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MaxCharacters,
            MaxCharactersFromEntities = 1024,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
        });
        try
        {
            return Read(reader);
        }
        catch (XmlException e)
        {
            throw new MalformedInputException($"line {e.LineNumber}: not well-formed XML of a libvirt domain: {FirstSentence(e.Message)}",
                e);
        }
    }

    private static DomainXml Read(XmlReader reader)
    {
        var parts = new DomainParts();
        var path = new List<string>();
        var top = 0;
        var elements = 0;
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Text)
            {
                if (path.Count == top + 2 && path[top] == "domain" && path[top + 1] == "name")
                    parts.Name = reader.Value.Trim();
                continue;
            }

            if (reader.NodeType != XmlNodeType.Element)
                continue;
            if (reader.Depth >= MaxDepth || ++elements > MaxElements)
                throw new MalformedInputException("domain", $"at most {MaxElements} elements, {MaxDepth} deep", "more");
            path.RemoveRange(reader.Depth, path.Count - reader.Depth);
            path.Add(reader.LocalName);
            if (reader.Depth == 0 && reader.LocalName == "domstatus")
            {
                top = 1;
                parts.State = reader.GetAttribute("state");
            }
            else if (reader.Depth == 0 && reader.LocalName != "domain")
            {
                throw new MalformedInputException("root element", "domain or domstatus", $"'{reader.LocalName}'");
            }
            else if (reader.Depth >= top && path[top] == "domain")
            {
                Element(reader, parts, path, top);
            }
        }

        return parts.ToDomain();
    }

    private static void Element(XmlReader reader, DomainParts parts, List<string> path, int top)
    {
        if (path.Count == top + 1)
        {
            parts.Type = reader.GetAttribute("type");
            return;
        }

        switch (path[top + 1])
        {
            case "metadata":
                Metadata(reader, parts);
                break;
            case "os" when path.Count == top + 3 && reader.LocalName == "type":
                parts.Architecture = reader.GetAttribute("arch");
                break;
            case "os" when path.Count == top + 3 && reader.LocalName == "kernel":
                parts.BootsKernel = true;
                break;
            case "features" when path.Count == top + 4:
                Feature(reader, parts, path[top + 2]);
                break;
            case "clock":
                Clock(reader, parts, path.Count - top);
                break;
            case "cpu":
                Cpu(reader, parts, path.Count - top);
                break;
            case "devices" when path.Count > top + 2 && path[top + 2] == "channel":
                Channel(reader, parts, path.Count - top);
                break;
        }
    }

    private static void Metadata(XmlReader reader, DomainParts parts)
    {
        var space = reader.NamespaceURI;
        if (space.StartsWith("http://libosinfo.org/", StringComparison.Ordinal) && reader.LocalName == "os")
            parts.OsId = reader.GetAttribute("id");
        else if (space.StartsWith("http://openstack.org/xmlns/libvirt/nova", StringComparison.Ordinal))
            parts.Manager = "nova";
        else if (space.StartsWith("http://ovirt.org/", StringComparison.Ordinal))
            parts.Manager = "ovirt";
        else if (space == "http://kubevirt.io")
            parts.Manager = "kubevirt";
    }

    private static void Feature(XmlReader reader, DomainParts parts, string group)
    {
        if (reader.GetAttribute("state") != "on")
            return;
        if (group == "hyperv")
            parts.HyperV.Add(reader.LocalName);
        else if (group == "kvm" && reader.LocalName == "hidden")
            parts.KvmHidden = true;
    }

    private static void Channel(XmlReader reader, DomainParts parts, int depth)
    {
        const string Agent = "org.qemu.guest_agent.";
        if (depth == 3)
            parts.ChannelSocket = null;
        else if (depth == 4 && reader.LocalName == "source" && reader.GetAttribute("mode") is null or "bind")
            parts.ChannelSocket = reader.GetAttribute("path");
        else if (depth == 4 && reader.LocalName == "target" && reader.GetAttribute("name") is { } name && name.StartsWith(Agent, StringComparison.Ordinal))
        {
            if (name == Agent + "0")
                parts.Agent(reader.GetAttribute("state"));
            else
                parts.SecondAgent(reader.GetAttribute("state"));
        }
    }

    private static void Clock(XmlReader reader, DomainParts parts, int depth)
    {
        if (depth == 2)
        {
            parts.Offset = reader.GetAttribute("offset");
            parts.Basis = reader.GetAttribute("basis");
            parts.ClockValue = reader.GetAttribute("timezone") ?? reader.GetAttribute("start");
            parts.Adjustment = Number(reader.GetAttribute("adjustment"));
        }
        else if (depth == 3 && reader.LocalName == "timer")
        {
            parts.Timers.Add(new(reader.GetAttribute("name") ?? "", Present(reader.GetAttribute("present")),
                reader.GetAttribute("tickpolicy"),
                reader.GetAttribute("track"), Number(reader.GetAttribute("frequency")), reader.GetAttribute("mode")));
        }
    }

    private static void Cpu(XmlReader reader, DomainParts parts, int depth)
    {
        if (depth == 2)
        {
            parts.CpuMode = reader.GetAttribute("mode");
            parts.Migratable = reader.GetAttribute("migratable") != "off";
        }
        else if (depth == 3 && reader.LocalName == "feature" && reader.GetAttribute("name") == "invtsc")
        {
            parts.InvariantTsc = reader.GetAttribute("policy") is null or "require" or "force";
        }
    }

    private static bool? Present(string? text) => text switch
    {
        "yes" => true,
        "no" => false,
        _ => null,
    };

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static string FirstSentence(string text)
    {
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).TrimEnd('.').ReplaceLineEndings(" ");
    }
}
