using Guestclock.Discipline;
using Guestclock.Json;
using Guestclock.Units;

namespace Guestclock.Reports.Sync;

/// <summary>The proof of one run for people.</summary>
public static class SyncText
{
    private const string Green = "32";
    private const string Yellow = "33";
    private const string Red = "31";

    public static void Write(RecoveryResult result, TextPen pen)
    {
        pen.Paragraph(Words.Plain(result.Guest) + ": " + Headline(result), color: Color(result.Outcome));
        if (result.Before is { } before)
            Row(pen, "before", $"{Offset(before)}{Direction(before)}");
        if (result.Sets.Count > 0 && result.After is { } after)
            Row(pen, "after", $"{Offset(after)}; limit {new Nanoseconds(result.WithinNs)}");
        if (result.Sets.Count > 0)
            Row(pen, "took", Took(result));
        if (result.Failure is null && result.Sets.LastOrDefault(s => s.Complaint is not null)?.Complaint is { } complaint)
            Row(pen, "agent said", complaint);
        if (result.Failure is { } failure)
        {
            var sentence = AgentFailureText.Sentence(failure);
            Row(pen, "because", sentence + (result.Detail.Length > 0 && result.Detail != sentence ? $": {result.Detail}" : ""));
            Row(pen, "try", AgentFailureText.Hint(failure));
        }
        else if (result.Detail.Length > 0)
        {
            Row(pen, "because", result.Detail);
        }
        else if (result is { Outcome: RecoveryOutcome.NotProved, After: not null })
        {
            Row(pen, "because", "the agent says that it set the clock, and the clock says otherwise");
            Row(pen, "try", "See in the guest what else sets its clock (its time service, hwclock), and the journal of qemu-guest-agent.");
        }
    }

    /// <summary>All guests in one line, after the guests themselves.</summary>
    public static void WriteSum(IReadOnlyList<RecoveryResult> results, TextPen pen)
    {
        if (results.Count == 0)
        {
            pen.Line("no guest runs: nothing to do");
            return;
        }

        var sums = results.GroupBy(r => r.Outcome).OrderBy(g => g.Key).Select(g => $"{g.Count()} {KebabName.Of(g.Key)}");
        pen.Line();
        pen.Paragraph($"{results.Count} guests: {string.Join(", ", sums)}");
    }

    public static string Headline(RecoveryResult result) => result.Outcome switch
    {
        RecoveryOutcome.InTime => "right already",
        RecoveryOutcome.Recovered => "set and proved right",
        RecoveryOutcome.Left => "not right, and left alone",
        RecoveryOutcome.WouldSet => "not right; would be set",
        RecoveryOutcome.NotProved => "set, but NOT proved right",
        RecoveryOutcome.Failed when result.Before is not null => "NOT set",
        RecoveryOutcome.Failed => "NOT measured, nothing changed",
        RecoveryOutcome.HostNotSynchronized => "left alone: this host's own clock is not synchronised",
        _ => "cancelled",
    };

    private static string Took(RecoveryResult result)
    {
        var times = (result.Outcome == RecoveryOutcome.Failed ? "tried " : "set ") + result.Sets.Count switch { 1 => "once", 2 => "twice", var n => $"{n} times" };
        return new Nanoseconds(result.TookNs) + $" ({times}" + (result.ProofNs is { } proof ? $"; first proof after {new Nanoseconds(proof)})" : ")");
    }

    private static string Offset(ClockOffset offset) =>
        $"{(offset.OffsetNs > 0 ? "+" : "")}{offset.Offset}{TextPen.Together}±{TextPen.Together}{offset.Bound}";

    private static string Direction(ClockOffset offset) =>
        offset.LeastNs == 0 ? "" : offset.OffsetNs < 0 ? ", the guest is behind the host" : ", the guest is ahead of the host";

    private static void Row(TextPen pen, string name, string text) => pen.Paragraph(text, $"  {name,-10} ", new string(' ', 13));

    private static string Color(RecoveryOutcome outcome) => outcome switch
    {
        RecoveryOutcome.InTime or RecoveryOutcome.Recovered => Green,
        RecoveryOutcome.Left or RecoveryOutcome.WouldSet => Yellow,
        _ => Red,
    };
}
