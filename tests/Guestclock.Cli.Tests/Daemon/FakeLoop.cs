using System.Text;
using System.Threading.Channels;
using Guestclock.Discipline;
using Guestclock.Discipline.Watch;
using Guestclock.Linux.Services;
using Guestclock.Linux.Watching;
using Guestclock.Reports.Watch;

namespace Guestclock.Cli.Tests.Daemon;

/// <summary>A watch without guests.</summary>
internal sealed class FakeLoop(WatchSettings settings, ILineSink lines) : IWatchLoop
{
    private readonly Channel<WatchSettings> _applied = Channel.CreateUnbounded<WatchSettings>();

    public WatchSettings Settings { get; private set; } = settings;

    public ChannelReader<WatchSettings> Applied => _applied.Reader;

    public bool HasEnded { get; private set; }

    public bool IsAlive { get; set; } = true;

    public string? NotReady { get; set; }

    public string Summary => "no guests";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        lines.Write("started"u8);
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            lines.Write("stopped"u8);
            HasEnded = true;
        }
    }

    public Task<IReadOnlyList<RecoveryOutcome>> RunOnceAsync(CancellationToken cancellationToken)
    {
        lines.Write("one round"u8);
        return Task.FromResult<IReadOnlyList<RecoveryOutcome>>([RecoveryOutcome.Left]);
    }

    public void Apply(WatchSettings settings)
    {
        Settings = settings;
        _applied.Writer.TryWrite(settings);
    }

    public string Metrics() => "# HELP guestclock_guests Guests that are watched.\n# TYPE guestclock_guests gauge\nguestclock_guests 0\n";

    public ReadOnlyMemory<byte> Status()
    {
        var state = new WatchState(WatchPolicy.Default, 1);
        state.On(new HostJudged(HostSanity.Synchronized(2_000_000, "chronyd")), 0);
        using var text = new StringWriter();
        WatchStatusJson.Write(state.Snapshot(0), "0.1.0", 0, text);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
