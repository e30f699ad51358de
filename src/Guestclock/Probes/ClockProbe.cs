using System.Globalization;
using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Machines;

namespace Guestclock.Probes;

/// <summary>The kernel's clock: its source, its discipline (adjtimex), its readings, and stolen time.</summary>
public static class ClockProbe
{
    private const string Folder = "/sys/devices/system/clocksource/clocksource0";

    /// <summary>STA_NANO of linux/timex.h: the offset is in nanoseconds, else in microseconds.</summary>
    private const long Nano = 0x2000;

    public static ClockFacts Gather(IMachine machine) => new()
    {
        CurrentSource = machine.ReadValue($"{Folder}/current_clocksource").Then(Name),
        AvailableSources = machine.ReadValue($"{Folder}/available_clocksource").Then(Names),
        CommandLine = machine.ReadText("/proc/cmdline", 65536).Then(KernelArguments.Parse),
        KernelTime = machine.AskFields(Questions.Adjtimex).Then(TimeOf),
        Readings = machine.AskFields(Questions.Clocks).Then(a => new ClockReadings(
            a.Number("realtimeNs"), a.Number("monotonicNs"), a.Number("boottimeNs"), a.Number("realtimeResolutionNs"),
                a.Number("monotonicResolutionNs"))),
        Steal = Steal(machine),
    };

    private static string Name(string text) => text.Length is > 0 and <= 64 && !text.Contains(' ', StringComparison.Ordinal)
        ? text : throw new MalformedInputException("current_clocksource", "one name", text.Length == 0 ? "nothing"
            : $"'{text[..Math.Min(text.Length, 64)]}'");

    private static IReadOnlyList<string> Names(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Decodes an answer to <see cref="Questions.Adjtimex"/>.</summary>
    public static KernelTime TimeOf(AnswerFields answer)
    {
        var status = Int(answer, "status");
        var offset = answer.Number("offset");
        if (Math.Abs((double)offset) > 1e15)
            throw new MalformedInputException("adjtimex", "an offset below 10^15", offset.ToString());
        return new(Int(answer, "state"), status, (status & Nano) != 0 ? offset : offset * 1000, answer.Number("freq") / 65536.0,
            answer.Number("maxerror"), answer.Number("esterror"), answer.FindNumber("tai") is null ? 0 : Int(answer, "tai"));
    }

    private static int Int(AnswerFields answer, string key) =>
        answer.Number(key) is var number && number is >= int.MinValue and <= int.MaxValue
        ? (int)number : throw new MalformedInputException($"field {key}", "a number of 32 bits", number.ToString());

    /// <summary>The first line of /proc/stat, proc_stat(5): user nice system idle iowait irq softirq steal …; guest time is part of user
    /// time.</summary>
    public static Fact<StealTime> Steal(IMachine machine)
    {
        // The lines of interrupts can be long: 256 CPUs with thousands of interrupts are below 4 MiB.
        var columns = machine.ReadText("/proc/stat", 8 << 20).Then(Columns);
        if (!columns.TryGet(out var ticks))
            return Fact.Unknown<StealTime>(columns.State, columns.Source, columns.Why ?? "not known");
        if (ticks.Count < 8)
            return Fact.Unknown<StealTime>(FactState.Unsupported, columns.Source, "this kernel does not count stolen time");
        decimal total = 0;
        for (var i = 0; i < 8; i++)
            total += ticks[i];
        return total <= long.MaxValue
            ? Fact.Known(new StealTime(ticks[7], (long)total), columns.Source)
            : Fact.Unknown<StealTime>(FactState.Malformed, columns.Source, "the CPU times add up to more than 64 bits");
    }

    private static IReadOnlyList<long> Columns(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var words = (end < 0 ? text : text[..end]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 5 || words[0] != "cpu")
            throw new MalformedInputException("/proc/stat, line 1", "cpu and at least four numbers", $"{words.Length} words");
        var ticks = new List<long>();
        foreach (var word in words.AsSpan(1))
        {
            ticks.Add(long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number : throw new MalformedInputException("/proc/stat, line 1", "whole numbers", "something else"));
        }

        return ticks;
    }
}
