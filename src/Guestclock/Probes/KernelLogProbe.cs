using Guestclock.Facts;
using Guestclock.Formats.KernelMessages;
using Guestclock.Machines;

namespace Guestclock.Probes;

/// <summary>The kernel's log: the ring buffer, else what syslog and the init scripts wrote of the last boot.</summary>
public static class KernelLogProbe
{
    private const string Dmesg = "/var/log/dmesg";

    private static readonly string[] SyslogFiles = ["/var/log/kern.log", "/var/log/messages", "/var/log/syslog"];

    public static KernelLogFacts Gather(IMachine machine) => new() { Log = Read(machine) };

    /// <summary>Also for the probes that need a line of it.</summary>
    public static Fact<KernelLog> Read(IMachine machine)
    {
        var answer = machine.AskText(Questions.KernelLog).Then(KernelLogText.ParseAnswer);
        if (answer.TryGet(out var ring))
            return Fact.Known(Log(ring.Complete, ring.Messages), answer.Source, answer.TookNs);
        return Recorded(machine) ?? Unread(machine, answer);
    }

    /// <summary>
    /// A syslog file that holds the last boot from its first line is complete. Else the boot's start is taken from /var/log/dmesg, which
    /// ends
    /// when the boot does: then an absent line proves nothing.
    /// </summary>
    private static Fact<KernelLog>? Recorded(IMachine machine)
    {
        (string Path, IReadOnlyList<KernelMessage> Messages)? tail = null;
        foreach (var path in SyslogFiles)
        {
            if (!Messages(machine, path).TryGet(out var messages) || messages.Count == 0)
                continue;
            var (hasStart, boot) = KernelLogText.LastBoot(messages);
            if (hasStart)
                return Fact.Known(Log(true, boot), path);
            tail ??= (path, boot);
        }

        if (Messages(machine, Dmesg).TryGet(out var early) && early.Count > 0)
        {
            var (_, boot) = KernelLogText.LastBoot(early);
            return tail is { } more
                ? Fact.Known(Log(false, [.. boot, .. more.Messages]), $"{Dmesg} and {more.Path}")
                : Fact.Known(Log(false, boot), Dmesg);
        }

        return tail is { } only ? Fact.Known(Log(false, only.Messages), only.Path) : null;
    }

    private static Fact<IReadOnlyList<KernelMessage>> Messages(IMachine machine, string path) =>
        machine.ReadText(path, MachineLimits.LogBytes).Then(KernelLogText.ParseFile);

    private static Fact<KernelLog> Unread(IMachine machine, Fact<(bool Complete, IReadOnlyList<KernelMessage> Messages)> answer)
    {
        if (answer.State is FactState.Missing or FactState.NotRecorded && machine.Exists("/var/log/journal"))
            return Fact.Unknown<KernelLog>(FactState.NotRecorded, "/var/log/journal",
                "the kernel log is only in the binary journal, which is not read");
        return Fact.Unknown<KernelLog>(answer.State, answer.Source, answer.Why ?? "not known", answer.TookNs);
    }

    private static KernelLog Log(bool complete, IReadOnlyList<KernelMessage> messages)
    {
        var lines = new List<KernelLogLine>(messages.Count);
        foreach (var message in messages)
            lines.Add(new(message.AtUs, message.Text));
        return new(complete, lines);
    }
}
