using Guestclock.Discipline;
using Guestclock.Discipline.Watch;
using Guestclock.Json;
using Guestclock.Units;

namespace Guestclock.Reports.Watch;

/// <summary>The answer of <c>watch status</c> for people: the host, then one line per guest with the worst first, in 80 columns.</summary>
public static class WatchStatusText
{
    private const int NameWidth = 20;

    public static void Write(WatchSnapshot snapshot, TextWriter output, TextLayout layout)
    {
        var pen = new TextPen(output, layout);
        pen.Paragraph(Host(snapshot.Host), "host    ", firstColor: snapshot.Host.IsSynchronized ? "32" : "1;31");
        pen.Paragraph(Guests(snapshot), "guests  ");
        if (snapshot.Guests.Count == 0)
            return;
        pen.Line();
        pen.Line($"{"GUEST",-NameWidth} {"STATE",-10} {"LAST EVENT",-15} {"OFFSET",-20} {"DRIFT",8}");
        foreach (var guest in snapshot.WorstFirst)
        {
            var name = Words.Plain(guest.Name);
            pen.Line($"{(name.Length > NameWidth ? name[..(NameWidth - 1)] + "…" : name),-NameWidth} "
                + pen.Paint($"{KebabName.Of(guest.Standing),-10}", Color(guest.Standing))
                + $" {KebabName.Of(guest.LastEvent) + " " + Ago(snapshot.AtNs - guest.LastEventNs),-15}"
                + $" {Offset(guest, snapshot.AtNs),-20} {(guest.Drift is { } drift ? $"{drift.Ppm:+0.0;-0.0;0.0} ppm" : ""),8}".TrimEnd());
            if (Trouble(guest, snapshot) is { } trouble)
                pen.Paragraph(trouble, "  ");
        }
    }

    private static string Host(HostSanity host) => host.IsSynchronized
        ? $"synchronised within {new Nanoseconds(host.BoundNs)} ({host.Detail})"
        : $"{(host.State == HostClockState.Unknown ? "not known whether synchronised" : "NOT SYNCHRONISED")}: {host.Detail}";

    private static string Guests(WatchSnapshot snapshot)
    {
        var standings = snapshot.Guests.GroupBy(g => g.Standing).OrderBy(g => g.Key).Select(g => $"{g.Count()} {KebabName.Of(g.Key)}");
        var text = snapshot.Guests.Count == 0 ? "none" : string.Join(", ", standings);
        if (snapshot.Recovering + snapshot.Waiting > 0)
            text += $"; {snapshot.Recovering} being put right, {snapshot.Waiting} waiting for their turn";
        return text;
    }

    private static string Offset(GuestSnapshot guest, long nowNs) =>
        guest.Measured is { } m ? $"{m.Offset.Offset} ±{m.Offset.Bound} {Ago(nowNs - m.AtNs)}".Replace("± ", "±", StringComparison.Ordinal) : "not measured";

    private static string? Trouble(GuestSnapshot guest, WatchSnapshot snapshot)
    {
        if (guest.Standing == GuestStanding.Off && guest.LastRecovery is { Outcome: RecoveryOutcome.Left, Detail.Length: > 0 } left)
            return left.Detail;
        if (guest.Standing is not (GuestStanding.Failing or GuestStanding.Unmeasured))
            return null;
        var failure = guest.Failure is { } known ? KebabName.Of(known) : guest.LastRecovery is { } last ? KebabName.Of(last.Outcome) : "no answer";
        var detail = guest is { Standing: GuestStanding.Failing, LastRecovery.Detail: { Length: > 0 } said } ? $": {said}" : "";
        var next = guest.NextTryNs is { } at ? $"; next try {(at > snapshot.AtNs ? "in " + Ago(at - snapshot.AtNs) : "now")}" : "";
        return failure + detail + next;
    }

    /// <summary><c>850ms</c>, <c>12s</c>, <c>5m</c>, <c>3h</c>, <c>2d</c>.</summary>
    private static string Ago(long ns) => ns switch
    {
        < 1_000_000_000 => $"{Math.Max(0, ns) / 1_000_000}ms",
        < 120_000_000_000 => $"{ns / 1_000_000_000}s",
        < 7200_000_000_000 => $"{ns / 60_000_000_000}m",
        < 172_800_000_000_000 => $"{ns / 3600_000_000_000}h",
        _ => $"{ns / 86_400_000_000_000}d",
    };

    private static string? Color(GuestStanding standing) => standing switch
    {
        GuestStanding.Failing or GuestStanding.Held => "1;31",
        GuestStanding.Off or GuestStanding.Pending or GuestStanding.Unmeasured => "1;33",
        GuestStanding.Right => "32",
        _ => null,
    };
}
