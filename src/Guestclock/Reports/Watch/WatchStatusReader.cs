using System.Text.Json;
using Guestclock.Discipline;
using Guestclock.Discipline.Watch;
using Guestclock.Discipline.Watch.Tracking;
using Guestclock.Formats;

namespace Guestclock.Reports.Watch;

/// <summary>Reads <see cref="WatchStatusJson"/> back, as far as people are shown of it. It comes over a socket: whoever listens there may say anything.</summary>
public static class WatchStatusReader
{
    private static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 8 };

    private static readonly WatchTotals NoTotals = new(
        new SortedDictionary<RecoveryOutcome, long>(), new SortedDictionary<AgentFailure, long>(), new SortedDictionary<GuestEventKind, long>(), 0, 0, 0, [], 0);

    /// <summary>The JSON itself.</summary>
    /// <exception cref="MalformedInputException">It is no status of guestclock watch.</exception>
    public static JsonDocument Open(ReadOnlyMemory<byte> utf8)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(utf8, Shallow);
        }
        catch (JsonException e)
        {
            throw new MalformedInputException("what it tells is no JSON", e);
        }

        if (new StatusMember(document.RootElement).TextOrNull("schema") == WatchStatusJson.Schema)
            return document;
        document.Dispose();
        throw new MalformedInputException($"what it tells is no {WatchStatusJson.Schema}");
    }

    /// <summary>The state at the instant 0: what happened before lies at negative instants.</summary>
    /// <exception cref="MalformedInputException">A member is missing or wrong, or of a later version.</exception>
    public static WatchSnapshot Read(JsonElement status)
    {
        var member = new StatusMember(status);
        var host = member.Object("host");
        return new(
            0, new(host.Name<HostClockState>("state"), host.NumberOrNull("boundNs") ?? 0, host.TextOrNull("detail") ?? ""), -member.Number("hostSinceNs"),
            [.. member.Items("guests").Select(Guest)], NoTotals,
            member.Count("recovering"), member.Count("measuring"), member.Count("waiting"), member.Count("owed"))
        {
            Troubles = [.. member.Items("troubles").Select(t => (t.Text("source"), t.Text("detail")))],
        };
    }

    private static GuestSnapshot Guest(StatusMember guest)
    {
        var owed = guest.ObjectOrNull("owed");
        var last = guest.ObjectOrNull("lastRecovery");
        return new(
            guest.Text("guest"), guest.Name<GuestPhase>("phase"), guest.Name<GuestStanding>("standing"), guest.Name<GuestEventKind>("lastEvent"), -guest.Number("lastEventAgoNs"), [])
        {
            Measured = Offset(guest, "offset") is { } offset ? new ClockSample(-guest.Number("offsetAgoNs"), offset) : null,
            Drift = guest.ObjectOrNull("drift") is { } drift
                ? new(drift.Number("ppb"), drift.Number("boundPpb"), drift.Name<DriftTrend>("trend"), drift.Count("samples"), drift.Number("spanNs")) : null,
            LastRecovery = last is { } recovery ? Result(guest.Text("guest"), recovery) : null,
            LastRecoveryNs = last is { } before ? -before.Number("agoNs") : null,
            Owed = owed is { } debt ? new(debt.Name<WatchTrigger>("trigger"), -debt.Number("sinceNs"), debt.Count("attempts")) : null,
            NextTryNs = owed?.NumberOrNull("nextTryInNs"),
            Failure = guest.NameOrNull<AgentFailure>("failure"),
        };
    }

    private static RecoveryResult Result(string guest, StatusMember recovery) => new(guest, recovery.Name<RecoveryOutcome>("outcome"), recovery.Number("withinNs"))
    {
        Before = Offset(recovery, "before"),
        After = Offset(recovery, "after"),
        TookNs = recovery.Number("tookNs"),
        ProofNs = recovery.NumberOrNull("proofNs"),
        Failure = recovery.NameOrNull<AgentFailure>("failure"),
        Detail = recovery.TextOrNull("detail") ?? "",
    };

    private static ClockOffset? Offset(StatusMember of, string name) =>
        of.ObjectOrNull(name) is { } offset ? new ClockOffset(offset.Number("offsetNs"), Math.Abs(offset.Number("boundNs"))) : null;
}
