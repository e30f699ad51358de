using Guestclock.Linux.References;
using Guestclock.Measuring;
using Guestclock.Measuring.Runs;

namespace Guestclock.Cli.Measure;

/// <summary>Takes the readings that a <see cref="MeasureSession"/> asks for, when it asks for them, and tells each one as soon as it is there.</summary>
/// <param name="clocks">This machine's clocks, for readings without a sample.</param>
internal sealed class MeasureLoop(MeasureSession session, TimeProvider time, Func<ClockTriple> clocks)
{
    /// <summary>Timers hold no more than 49 days.</summary>
    private const long MostTicks = 7 * TimeSpan.TicksPerDay;

    /// <param name="tell">Takes what came of a reading; false ends the measurement.</param>
    public async Task<MeasureEnd> RunAsync(IReference reference, Func<MeasureEntry, bool> tell, CancellationToken cancellationToken)
    {
        var startedAt = time.GetTimestamp();
        try
        {
            while (true)
            {
                // On another thread, and not waited for by who wants to end: whatever the reference does, Ctrl-C ends this.
                var reading = await Task.Run(() => reference.ReadAsync(cancellationToken), cancellationToken).WaitAsync(cancellationToken);
                var now = clocks();
                if (!tell(session.Take(reading, now.UnixNs, now.RawNs)) || session.FinalProblem is not null)
                    return MeasureEnd.Failed;
                if (session.NextAt(ElapsedNs(startedAt), reference.LeastInterval.Ticks * 100) is not { } next)
                    return MeasureEnd.Complete;
                while (next - ElapsedNs(startedAt) is var waitNs and > 0)
                    await Task.Delay(TimeSpan.FromTicks(Math.Max(1, Math.Min(waitNs / 100, MostTicks))), time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return MeasureEnd.Interrupted;
        }
    }

    private long ElapsedNs(long startedAt) => (long)time.GetElapsedTime(startedAt).TotalNanoseconds;
}
