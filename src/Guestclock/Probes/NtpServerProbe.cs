using System.Globalization;
using System.Text;
using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Machines;
using Guestclock.Protocols.Ntp;

namespace Guestclock.Probes;

/// <summary>Asks NTP servers for the time, all at once, and judges each answer.</summary>
public static class NtpServerProbe
{
    /// <summary>The most servers that are asked in one run.</summary>
    public const int MaxServers = 16;

    /// <param name="servers"><c>host</c>, <c>host:port</c> or <c>[address]:port</c>; equal ones are asked once.</param>
    public static NtpServerFacts Gather(IMachine machine, IReadOnlyList<string> servers)
    {
        var distinct = servers.Distinct(StringComparer.Ordinal).ToList();
        var asked = distinct.Take(MaxServers).Select(s => (Text: s, Name: Fact.Known(s, Questions.NtpPrefix + s).Then(Normal))).ToList();
        var all = Encoding.ASCII.GetBytes(string.Join('\n', asked.Where(a => a.Name.IsKnown).Select(a => a.Name.Value)));
        return new()
        {
            Asked = true,
            Answers = [.. asked.Select(a => new NtpServerAnswer(a.Text, Ask(machine, a.Name, all)))],
            NotAsked = Math.Max(0, distinct.Count - MaxServers),
        };
    }

    /// <summary>The form of a question's name: HOST:PORT.</summary>
    private static string Normal(string server)
    {
        var (host, port) = NtpServerName.Parse(server);
        var text = port.ToString(CultureInfo.InvariantCulture);
        return host.Contains(':', StringComparison.Ordinal) ? $"[{host}]:{text}" : $"{host}:{text}";
    }

    private static Fact<NtpSample> Ask(IMachine machine, Fact<string> name, byte[] all) =>
        name.TryGet(out var server)
            ? machine.Ask(new Question(Questions.NtpPrefix + server, all)).Then(Decode)
            : Fact.Unknown<NtpSample>(name.State, name.Source, name.Why!);

    private static NtpSample Decode(byte[] answer)
    {
        var fields = AnswerFields.Parse(Encoding.UTF8.GetString(answer));
        return NtpExchange.Judge(
            fields.Text("address"), Bytes(fields, "request"), Bytes(fields, "reply"), fields.Number("t1Ns"), fields.Number("t4Ns"));
    }

    private static byte[] Bytes(AnswerFields fields, string key)
    {
        var text = fields.Text(key);
        var bytes = new byte[text.Length / 2];
        return Convert.FromHexString(text, bytes, out _, out var written) == System.Buffers.OperationStatus.Done && written == bytes.Length
            ? bytes
            : throw new MalformedInputException($"field {key}", "pairs of hexadecimal digits", $"{text.Length} characters that are not");
    }
}
