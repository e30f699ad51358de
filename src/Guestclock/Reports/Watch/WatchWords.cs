using Guestclock.Discipline;
using Guestclock.Discipline.Watch;
using Guestclock.Discipline.Watch.Tracking;
using Guestclock.Json;
using Guestclock.Reports.Sync;
using Guestclock.Units;

namespace Guestclock.Reports.Watch;

/// <summary>What the watch tells, as sentences for people.</summary>
public static class WatchWords
{
    /// <summary>One sentence on one line, without its full stop.</summary>
    public static string Sentence(WatchRecord record)
    {
        var text = record.Kind switch
        {
            WatchRecordKind.Started => With("watching", record.Detail),
            WatchRecordKind.Stopped => With("stopped", record.Detail),
            WatchRecordKind.Reloaded => With("configuration read again", record.Detail),
            WatchRecordKind.Host => record.Detail.Length > 0 ? $"{Host(record.Host)}; {record.Detail}" : Host(record.Host),
            WatchRecordKind.HostSlept => $"the host slept for {new Nanoseconds(record.HostNs ?? 0)}: every running guest is put right",
            WatchRecordKind.HostStepped => $"the host's clock was set {(record.HostNs < 0 ? "back" : "forward")} by {new Nanoseconds(record.HostNs ?? 0).Magnitude}: every running guest is put right",
            WatchRecordKind.GuestEvent => $"{record.Guest}: {With(Of(record.Event ?? GuestEventKind.Found), record.Detail)}",
            WatchRecordKind.Recovery => $"{record.Guest}: {Recovery(record)}",
            WatchRecordKind.Jump => $"{record.Guest}: the clock went {(record.Jump?.OffsetNs < 0 ? "back" : "forward")} by {record.Jump?.Offset.Magnitude} ± {record.Jump?.Bound}, and no event explains it; now {Off(record.Offset)}",
            WatchRecordKind.Drift => $"{record.Guest}: {Drift(record)}",
            WatchRecordKind.Offset => $"{record.Guest}: the clock is {(record.IsRaised == false ? "near again" : "off")}: {Off(record.Offset)}",
            WatchRecordKind.Measurement => record.IsRaised == false
                ? $"{record.Guest}: can be measured again; {Off(record.Offset)}"
                : $"{record.Guest}: {Failed("cannot be measured", record.Failure, record.Detail)}",
            _ => $"{record.Source}: {With(record.IsRaised == false ? "works again" : "has trouble", record.Detail)}",
        };
        return Words.Plain(text);
    }

    /// <summary><c>20.0 s behind (± 412 µs)</c>.</summary>
    public static string Off(ClockOffset? offset) => offset is not { } known ? "not measured"
        : known.LeastNs == 0 ? $"within {new Nanoseconds(known.WorstNs)}"
        : $"{known.Offset.Magnitude} {(known.OffsetNs < 0 ? "behind" : "ahead")} (± {known.Bound})";

    private static string Host(HostSanity? host) => host switch
    {
        null => "the host's clock was not judged",
        { IsSynchronized: true } => $"the host's clock is synchronised within {new Nanoseconds(host.BoundNs)} ({host.Detail})",
        { State: HostClockState.Unknown } => $"it is not known whether the host's clock is synchronised: {host.Detail}",
        _ => $"the host's clock is not synchronised: {host.Detail}",
    };

    private static string Recovery(WatchRecord record)
    {
        if (record.Result is not { } result)
            return "no result";
        var what = result.Outcome switch
        {
            RecoveryOutcome.InTime => $"right: {Off(result.After ?? result.Before)}",
            RecoveryOutcome.Recovered => $"recovered: was {Off(result.Before)}, is {Off(result.After)}{(result.ProofNs is { } proof ? $", proved after {new Nanoseconds(proof)}" : "")}",
            RecoveryOutcome.Left => With($"left as it is: {Off(result.After ?? result.Before)}", result.Detail),
            RecoveryOutcome.WouldSet => $"would be set: {Off(result.Before)}",
            RecoveryOutcome.NotProved => Failed($"set, but not seen to be right: was {Off(result.Before)}, {(result.After is null ? "not seen since" : $"is {Off(result.After)}")}", result.Failure, result.Detail, "; "),
            RecoveryOutcome.HostNotSynchronized => "left alone, as the host's clock is not synchronised",
            RecoveryOutcome.Cancelled => "recovery cancelled",
            _ => Failed("recovery failed", result.Failure, result.Detail),
        };
        var reason = record.Reason is { } why ? $"; {Of(why.Trigger)} {new Nanoseconds(Math.Max(0, record.AtNs - why.SinceNs))} ago" : "";
        return what + reason + (record.RetryInNs is { } retry and > 0 ? $"; next try in {new Nanoseconds(retry)}" : "");
    }

    private static string Drift(WatchRecord record)
    {
        if (record.Drift is not { } drift)
            return "no drift known";
        var speed = $"{Math.Abs(drift.Ppm):0.0} ppm (± {drift.BoundPpb / 1e3:0.0})";
        return record.IsRaised == false ? $"drift is small again: {speed}"
            : $"the clock runs {(drift.Ppb < 0 ? "slow" : "fast")} by {speed}{(drift.Trend == DriftTrend.Towards ? ", towards the host's" : "")}; {Off(record.Offset)}";
    }

    private static string Of(GuestEventKind kind) => kind switch
    {
        GuestEventKind.AgentConnected => "agent connected",
        GuestEventKind.RtcChanged => "wrote its RTC",
        _ => KebabName.Of(kind),
    };

    private static string Of(WatchTrigger trigger) => trigger switch
    {
        WatchTrigger.HostSlept => "the host slept",
        WatchTrigger.HostStepped => "the host's clock was set",
        WatchTrigger.MeasuredWrong => "measured wrong",
        _ => KebabName.Of(trigger),
    };

    /// <summary>What the failure means and, in parentheses, what was seen of it.</summary>
    private static string Failed(string text, AgentFailure? failure, string detail, string joint = ": ") =>
        failure is not { } known ? With(text, detail)
        : text + joint + AgentFailureText.Sentence(known) + (detail.Length > 0 && detail != AgentFailureText.Sentence(known) ? $" ({detail})" : "");

    private static string With(string text, string detail) => detail.Length > 0 ? $"{text}: {detail}" : text;
}
