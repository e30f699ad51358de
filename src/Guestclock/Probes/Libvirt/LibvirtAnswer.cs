using System.Globalization;
using System.Text;
using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Formats.Domains;
using Guestclock.Machines;

namespace Guestclock.Probes.Libvirt;

/// <summary>The answer to <see cref="Questions.LibvirtDomains"/>.</summary>
internal static class LibvirtAnswer
{
    /// <summary>The state that marks the definition of a running domain's next start.</summary>
    private const string NextStart = "next-start";

    public static IReadOnlyList<LibvirtDomain> Parse(byte[] answer)
    {
        var domains = new List<LibvirtDomain>();
        var at = 0;
        while (at < answer.Length)
        {
            var line = Line(answer, ref at);
            var parts = line.Split('\t');
            if (parts.Length < 3 || !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || length > answer.Length - at)
                throw new MalformedInputException("libvirt answer", "name, state and size of a domain", $"'{line}'");
            var xml = parts.Length > 3
                ? Fact.Unknown<DomainXml>(FactState.Failed, $"libvirt: {parts[0]}", parts[3])
                : Fact.Known(Encoding.UTF8.GetString(answer, at, length), $"libvirt: {parts[0]}").Then(DomainXmlReader.Parse);
            at = Math.Min(at + length + 1, answer.Length);
            if (parts[1] == NextStart && domains.Count > 0 && domains[^1].Name == parts[0])
                domains[^1] = domains[^1] with { NextStart = xml };
            else
                domains.Add(new(parts[0], parts[1].Length == 0 ? null : parts[1], xml));
        }

        return domains;
    }

    private static string Line(byte[] answer, ref int at)
    {
        var end = Array.IndexOf(answer, (byte)'\n', at);
        if (end < 0)
            end = answer.Length;
        var line = Encoding.UTF8.GetString(answer, at, end - at);
        at = Math.Min(end + 1, answer.Length);
        return line;
    }
}
