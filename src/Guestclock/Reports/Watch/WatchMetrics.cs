using Guestclock.Discipline.Watch;
using Guestclock.Json;

namespace Guestclock.Reports.Watch;

/// <summary>The page <c>/metrics</c>. Names, labels and units are frozen; a metric that a guest has no value for has no sample of it.</summary>
public static class WatchMetrics
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <param name="realtimeNs">CLOCK_REALTIME at the instant of the snapshot: timestamps are counted back from it.</param>
    public static void Write(WatchSnapshot snapshot, string version, long realtimeNs, TextWriter output)
    {
        var pen = new MetricsPen(output);
        pen.Family("guestclock_build_info", "gauge", "Always 1; the label says which version runs.");
        pen.Sample(1, ("version", version));
        Host(snapshot, pen);
        Guests(snapshot, realtimeNs, pen);
        Queue(snapshot, pen);
        Totals(snapshot.Totals, pen);
    }

    private static void Host(WatchSnapshot snapshot, MetricsPen pen)
    {
        pen.Family("guestclock_host_synchronized", "gauge", "1 when the host's own clock is synchronised, else 0.");
        pen.Sample(snapshot.Host.IsSynchronized ? 1 : 0);
        if (!snapshot.Host.IsSynchronized)
            return;
        pen.Family("guestclock_host_error_bound_seconds", "gauge", "The host's true error lies within plus or minus this.");
        pen.Sample(snapshot.Host.BoundNs / 1e9);
    }

    private static void Guests(WatchSnapshot snapshot, long realtimeNs, MetricsPen pen)
    {
        double Unix(long atNs) => (realtimeNs - (snapshot.AtNs - atNs)) / 1e9;

        pen.Family("guestclock_guests", "gauge", "Guests that are watched, by what their CPUs do.");
        foreach (var phase in new[] { GuestPhase.Running, GuestPhase.Paused })
            pen.Sample(snapshot.Guests.Count(g => g.Phase == phase), ("phase", KebabName.Of(phase)));
        Each("guestclock_guest_offset_seconds", "Guest clock minus host clock at the last measurement; positive: the guest is ahead.", g => g.Measured?.Offset.OffsetNs / 1e9);
        Each("guestclock_guest_offset_bound_seconds", "The true offset at the last measurement lies within plus or minus this.", g => g.Measured?.Offset.BoundNs / 1e9);
        Each("guestclock_guest_last_measured_timestamp_seconds", "When the guest was last measured.", g => g.Measured is { } m ? Unix(m.AtNs) : null);
        Each("guestclock_guest_drift_ppm", "How fast the guest's clock gains on the host's; positive: it is fast.", g => g.Drift?.Ppm);
        Each("guestclock_guest_drift_bound_ppm", "The true drift lies within plus or minus this, if it was constant.", g => g.Drift?.BoundPpb / 1e3);
        Each("guestclock_guest_recovery_owed", "1 while the guest has not been put right since the last disruption, else 0.", g => g.Owed is null ? 0 : 1);
        Each("guestclock_guest_recovery_owed_since_timestamp_seconds", "When the disruption was that the guest has not been put right since.", g => g.Owed is { } owed ? Unix(owed.SinceNs) : null);
        pen.Family("guestclock_guest_last_event_timestamp_seconds", "gauge", "When something last happened to the guest, by kind.");
        foreach (var guest in snapshot.Guests)
        {
            foreach (var (kind, atNs) in guest.Events)
                pen.Sample(Unix(atNs), ("guest", guest.Name), ("kind", KebabName.Of(kind)));
        }

        void Each(string name, string help, Func<GuestSnapshot, double?> value)
        {
            pen.Family(name, "gauge", help);
            foreach (var guest in snapshot.Guests)
            {
                if (value(guest) is { } known)
                    pen.Sample(known, ("guest", guest.Name));
            }
        }
    }

    private static void Queue(WatchSnapshot snapshot, MetricsPen pen)
    {
        pen.Family("guestclock_recoveries_owed", "gauge", "Guests that have not been put right since the last disruption.");
        pen.Sample(snapshot.Owed);
        pen.Family("guestclock_recoveries_waiting", "gauge", "Recoveries that are due and wait for room.");
        pen.Sample(snapshot.Waiting);
        pen.Family("guestclock_runs_active", "gauge", "Conversations with guests under way, by what for.");
        pen.Sample(snapshot.Recovering, ("run", "recovery"));
        pen.Sample(snapshot.Measuring, ("run", "measurement"));
    }

    private static void Totals(WatchTotals totals, MetricsPen pen)
    {
        pen.Family("guestclock_recoveries_total", "counter", "Runs of sense, decide, set and prove that ended, by outcome.");
        foreach (var (outcome, count) in totals.Outcomes)
            pen.Sample(count, ("outcome", KebabName.Of(outcome)));
        pen.Family("guestclock_failures_total", "counter", "Recoveries and measurements that failed, by why.");
        foreach (var (failure, count) in totals.Failures)
            pen.Sample(count, ("failure", KebabName.Of(failure)));
        pen.Family("guestclock_guest_events_total", "counter", "What happened to guests, by kind.");
        foreach (var (kind, count) in totals.Events)
            pen.Sample(count, ("kind", KebabName.Of(kind)));
        pen.Family("guestclock_measurements_total", "counter", "Measurements between events, by result.");
        pen.Sample(totals.Measurements, ("result", "measured"));
        pen.Sample(totals.MeasurementsFailed, ("result", "failed"));
        pen.Family("guestclock_guest_jumps_total", "counter", "Jumps of guests' clocks that no event explains.");
        pen.Sample(totals.Jumps);
        pen.Family("guestclock_proof_seconds", "histogram", "From the start of a recovery to the first measurement that proved it.");
        var sum = 0L;
        for (var bin = 0; bin < totals.Proofs.Count; bin++)
        {
            sum += totals.Proofs[bin];
            pen.Sample("_bucket", sum, ("le", MetricsPen.Number(bin < WatchTotals.ProofEndsS.Count ? WatchTotals.ProofEndsS[bin] : double.PositiveInfinity)));
        }

        pen.Sample("_sum", totals.ProofSumS);
        pen.Sample("_count", sum);
    }
}
