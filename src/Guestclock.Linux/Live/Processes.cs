using System.Text;
using Guestclock.Facts;
using Guestclock.Linux.Native;
using Guestclock.Machines;

namespace Guestclock.Linux.Live;

/// <summary><see cref="Questions.Processes"/> from /proc: of the processes that matter for time, name and arguments; of the others only the
/// name is looked at.</summary>
public sealed class Processes(string proc = "/proc") : IAnswerer
{
    /// <summary>Arguments of one process; QEMU's are some 10 KiB.</summary>
    private const int ArgumentBytes = 256 << 10;

    /// <summary>CAP_SYS_TIME of linux/capability.h.</summary>
    private const int SetTime = 25;

    public bool Answers(string name) => name == Questions.Processes;

    public Fact<byte[]> Answer(Question question)
    {
        var names = DirectoryNames.List(LibC.WorkingDirectory, proc, question.Name);
        if (!names.TryGet(out var entries))
            return Fact.Unknown<byte[]>(names.State, question.Name, names.Why!);

        // The option hidepid of /proc hides the processes of others; then none that is not seen can be said not to run.
        if (LibC.EffectiveUser() != 0 && !File("1/comm").IsKnown)
            return Fact.Unknown<byte[]>(FactState.Denied, question.Name, "processes of other users are hidden");
        var text = new StringBuilder();
        foreach (var entry in entries)
        {
            if (!char.IsAsciiDigit(entry[0]) || !File(entry + "/comm").TryGet(out var bytes))
                continue;
            var command = Encoding.UTF8.GetString(bytes).TrimEnd('\n').Replace('\t', ' ').Replace('\n', ' ');
            if (TimeProcesses.Matters(command) && !IsDead(entry) && !(TimeProcesses.IsTimeService(command) && CannotSetTime(entry)))
                Append(text, entry, command);
        }

        return Fact.Known(Encoding.UTF8.GetBytes(text.ToString()), question.Name);
    }

    private void Append(StringBuilder text, string pid, string command)
    {
        text.Append(pid).Append('\t').Append(command);
        var arguments = Encoding.UTF8.GetString(File(pid + "/cmdline").Or([])).TrimEnd('\0');
        if (arguments.Length > 0)
        {
            foreach (var argument in arguments.Split('\0'))
                text.Append('\t').Append(argument.Replace('\t', ' ').Replace('\n', ' '));
        }

        text.Append('\n');
    }

    /// <summary>A zombie, or gone: the state after the name in parentheses (proc(5), /proc/PID/stat).</summary>
    private bool IsDead(string pid)
    {
        var stat = Encoding.UTF8.GetString(File(pid + "/stat").Or([]));
        var at = stat.LastIndexOf(") ", StringComparison.Ordinal);
        return at < 0 || at + 2 >= stat.Length || stat[at + 2] is 'Z' or 'X';
    }

    /// <summary>True for a time service of a container: it has its own user namespace, or its own processes and not the right to set the
    /// clock.</summary>
    private bool CannotSetTime(string pid)
    {
        if (Differs(pid, "user"))
            return true;
        return Differs(pid, "pid") && !MaySetTime(Encoding.UTF8.GetString(File(pid + "/status").Or([])));
    }

    private bool Differs(string pid, string space) =>
        Link($"{pid}/ns/{space}") is { } theirs && Link($"self/ns/{space}") is { } ours && theirs != ours;

    private static bool MaySetTime(string status)
    {
        const string field = "\nCapEff:";
        var at = status.IndexOf(field, StringComparison.Ordinal);
        if (at < 0)
            return true;
        var value = status.AsSpan(at + field.Length).TrimStart();
        var end = value.IndexOf('\n');
        return !ulong.TryParse(end < 0 ? value : value[..end], System.Globalization.NumberStyles.HexNumber, null, out var set)
            || (set >> SetTime & 1) != 0;
    }

    private Fact<byte[]> File(string name) => RegularFile.Read(LibC.WorkingDirectory, $"{proc}/{name}", ArgumentBytes, name);

    private string? Link(string name) =>
        DirectoryNames.ReadLink(LibC.WorkingDirectory, $"{proc}/{name}", out var target) == 0 ? target : null;
}
