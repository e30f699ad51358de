using System.Globalization;
using Guestclock.Facts;
using Guestclock.Machines;

namespace Guestclock.Probes;

/// <summary>One running process of those that matter here.</summary>
/// <param name="Command">The kernel's name for it, cut to 15 bytes (/proc/PID/comm).</param>
public sealed record ProcessEntry(int Pid, string Command, IReadOnlyList<string> Arguments);

/// <summary>The answer to <see cref="Questions.Processes"/>.</summary>
public static class ProcessList
{
    public static Fact<IReadOnlyList<ProcessEntry>> Read(IMachine machine) => machine.AskText(Questions.Processes).Then(Parse);

    private static IReadOnlyList<ProcessEntry> Parse(string text)
    {
        var list = new List<ProcessEntry>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split('\t');
            if (parts.Length < 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
                throw new Formats.MalformedInputException("processes", "PID, command and arguments", $"'{line}'");
            list.Add(new(pid, parts[1], parts[2..]));
        }

        return list;
    }
}
