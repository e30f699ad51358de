using Guestclock.Discipline;
using Guestclock.Discipline.Watch;
using Guestclock.Json;
using Guestclock.Reports.Sync;
using Guestclock.Units;

namespace Guestclock.Reports.Watch;

/// <summary>The answer of <c>watch status</c> for people: the host, one line per guest with the worst first, in 80 columns, and what to try.</summary>
public static class WatchStatusText
{
    private const int LeastName = 20;

    /// <summary>Columns of a line beside the name.</summary>
    private const int Rest = 60;

    public static void Write(WatchSnapshot snapshot, TextWriter output, TextLayout layout)
    {
        var pen = new TextPen(output, layout);
        pen.Paragraph(Host(snapshot.Host), "host    ", firstColor: snapshot.Host.IsSynchronized ? "32" : "1;31");
        foreach (var (source, detail) in snapshot.Troubles)
            pen.Paragraph($"{source} cannot be asked: {detail}", "source  ", firstColor: "1;31");
        pen.Paragraph(Guests(snapshot), "guests  ");
        if (snapshot.Guests.Count == 0)
            return;
        // A wider terminal shows more of long names.
        var width = Math.Clamp(snapshot.Guests.Max(g => g.Name.Length), LeastName, Math.Max(LeastName, layout.Width - Rest));
        pen.Line();
        pen.Line($"{"GUEST".PadRight(width)} {"STATE",-10} {"LAST EVENT",-15} {"OFFSET ±BOUND AGE",-22} {"DRIFT",9}");
        foreach (var guest in snapshot.WorstFirst)
        {
            pen.Line($"{StatusWords.Shortened(Words.Plain(guest.Name), width).PadRight(width)} "
                + pen.Paint($"{KebabName.Of(guest.Standing),-10}", Color(guest.Standing))
                + $" {StatusWords.Of(guest.LastEvent) + " " + StatusWords.Ago(snapshot.AtNs - guest.LastEventNs),-15}"
                + $" {Offset(guest, snapshot.AtNs),-22} {(guest.Drift is { } drift ? StatusWords.Drift(drift) : ""),9}".TrimEnd());
            if (Trouble(guest, snapshot) is { } trouble)
                pen.Paragraph(trouble, "  ");
        }

        Hints(snapshot, pen);
    }

    private static string Host(HostSanity host) => host.IsSynchronized
        ? $"synchronised within {new Nanoseconds(host.BoundNs)} ({host.Detail})"
        : $"{(host.State == HostClockState.Unknown ? "not known whether synchronised" : "NOT SYNCHRONISED")}: {host.Detail}";

    private static string Guests(WatchSnapshot snapshot)
    {
        var standings = snapshot.Guests.GroupBy(g => g.Standing).OrderBy(g => g.Key).Select(g => $"{g.Count()} {KebabName.Of(g.Key)}");
        return (snapshot.Guests.Count == 0 ? "none" : string.Join(", ", standings))
            + (snapshot.Recovering > 0 ? $"; {snapshot.Recovering} being put right" : "")
            + (snapshot.Waiting > 0 ? $"; {snapshot.Waiting} waiting for their turn" : "");
    }

    private static string Offset(GuestSnapshot guest, long nowNs) => guest.Measured is { } m
        ? $"{(m.Offset.OffsetNs > 0 ? "+" : "")}{m.Offset.Offset} ±{m.Offset.Bound} {StatusWords.Ago(nowNs - m.AtNs)}" : "not measured";

    private static string? Trouble(GuestSnapshot guest, WatchSnapshot snapshot)
    {
        if (guest.Standing == GuestStanding.Off && guest.LastRecovery is { Outcome: RecoveryOutcome.Left, Detail.Length: > 0 } left)
            return left.Detail;
        if (guest.Standing is not (GuestStanding.Failing or GuestStanding.Unmeasured))
            return null;
        var failure = guest.Failure is { } known ? KebabName.Of(known)
            : guest.LastRecovery is { Outcome: RecoveryOutcome.NotProved } ? "set, but not seen to be right"
            : guest.LastRecovery is { } last ? KebabName.Of(last.Outcome) : "no answer";
        var detail = guest is { Standing: GuestStanding.Failing, LastRecovery.Detail: { Length: > 0 } said } ? $": {said}" : "";
        var next = guest.NextTryNs is { } at ? $"; next try {(at > snapshot.AtNs ? "in " + StatusWords.Ago(at - snapshot.AtNs) : "now")}" : "";
        return failure + detail + next;
    }

    /// <summary>What to do about each way to fail, once.</summary>
    private static void Hints(WatchSnapshot snapshot, TextPen pen)
    {
        var failures = snapshot.Guests.Where(g => g.Standing is GuestStanding.Failing or GuestStanding.Unmeasured).Select(g => g.Failure).OfType<AgentFailure>().Distinct().Order().ToList();
        if (failures.Count == 0)
            return;
        pen.Line();
        foreach (var failure in failures)
            pen.Paragraph(AgentFailureText.Hint(failure), $"{KebabName.Of(failure) + ":",-18} ");
    }

    private static string? Color(GuestStanding standing) => standing switch
    {
        GuestStanding.Failing or GuestStanding.Held => "1;31",
        GuestStanding.Off or GuestStanding.Pending or GuestStanding.Unmeasured => "1;33",
        GuestStanding.Right => "32",
        _ => null,
    };
}
