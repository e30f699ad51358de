using Guestclock.Cli.Measure;
using Guestclock.Linux.References;
using Guestclock.Measuring;
using Guestclock.Measuring.Runs;

namespace Guestclock.Cli.Tests.Measure;

/// <summary>The loop in simulated time.</summary>
public class MeasureLoopTests
{
    private const long Second = 1_000_000_000;
    private readonly SimulatedTime _time = new();
    private readonly List<double> _begunS = [];
    private readonly List<MeasureEntry> _entries = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<MeasureEnd> RunAsync(MeasurePlan plan, Func<int, OffsetReading> read, CancellationToken cancellationToken, Func<int, bool>? goesOn = null)
    {
        var number = 0;
        using var reference = new FakeReference((_, _) =>
        {
            _begunS.Add(_time.Elapsed.TotalSeconds);
            return Task.FromResult(read(number++));
        });
        return await new MeasureLoop(new(plan, 0), _time, () => new(7, 5, 7)).RunAsync(reference, e =>
        {
            _entries.Add(e);
            return goesOn?.Invoke(_entries.Count) ?? true;
        }, cancellationToken);
    }

    [Fact]
    public async Task Readings_begin_on_the_grid_whatever_they_take()
    {
        var end = await RunAsync(new(Second, 5, null, true), i =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(i == 1 ? 1500 : 300));
            return OffsetReading.None("no answer");
        }, Cancel);
        Assert.Equal(MeasureEnd.Complete, end);
        Assert.Equal([0, 1, 3, 4, 5], _begunS);
        Assert.Equal([(5, 7), (5, 7), (5, 7), (5, 7), (5, 7)], _entries.Select(e => (e.AtUnixNs, e.AtRawNs)));
    }

    [Fact]
    public async Task A_day_of_readings_does_not_drift()
    {
        Assert.Equal(MeasureEnd.Complete, await RunAsync(new(60 * Second, null, 86_400 * Second, true), _ => OffsetReading.None(""), Cancel));
        Assert.Equal(Enumerable.Range(0, 1440).Select(i => i * 60.0), _begunS);
    }

    [Fact]
    public async Task A_wait_may_be_longer_than_a_timer_can_be()
    {
        Assert.Equal(MeasureEnd.Complete, await RunAsync(new(100 * 86_400 * Second, 2, null, true), _ => OffsetReading.None(""), Cancel));
        Assert.Equal([0, 100 * 86_400], _begunS);
    }

    [Fact]
    public async Task A_final_problem_ends_it()
    {
        Assert.Equal(MeasureEnd.Failed, await RunAsync(new(Second, 10, null, true), i => OffsetReading.None("kiss code DENY", i == 2), Cancel));
        Assert.Equal(3, _entries.Count);
    }

    [Fact]
    public async Task Who_can_tell_no_more_ends_it()
    {
        Assert.Equal(MeasureEnd.Failed, await RunAsync(new(Second, 10, null, true), _ => OffsetReading.None(""), Cancel, goesOn: n => n < 4));
        Assert.Equal(4, _entries.Count);
    }

    [Fact]
    public async Task A_reading_that_never_ends_does_not_hold_who_wants_to_end()
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        using var reference = new FakeReference((_, _) =>
        {
            end.Cancel();
            return new TaskCompletionSource<OffsetReading>().Task;
        });
        Assert.Equal(MeasureEnd.Interrupted, await new MeasureLoop(new(new(Second, 3, null, true), 0), _time, () => default).RunAsync(reference, _ => true, end.Token));
    }

    [Fact]
    public async Task It_ends_between_readings_too()
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var loop = new MeasureLoop(new(new(3600 * Second, null, null, true), 0), TimeProvider.System, () => default);
        using var reference = new FakeReference((_, _) => Task.FromResult(OffsetReading.None("no answer")));
        Assert.Equal(MeasureEnd.Interrupted, await loop.RunAsync(reference, _ =>
        {
            end.CancelAfter(20);
            return true;
        }, end.Token));
    }

    private sealed class FakeReference(Func<IReference, CancellationToken, Task<OffsetReading>> read) : IReference
    {
        public MeasuredPair Pair { get; } = new("system clock", "a fake", "", []);

        public TimeSpan LeastInterval => TimeSpan.Zero;

        public Task<OffsetReading> ReadAsync(CancellationToken cancellationToken) => read(this, cancellationToken);

        public void Dispose()
        {
        }
    }
}
