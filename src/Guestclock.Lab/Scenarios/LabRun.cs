using Guestclock.Lab.Guests;
using Guestclock.Lab.Hosts;

namespace Guestclock.Lab.Scenarios;

/// <summary>One guest that is broken once: what a scenario is told, and where it leaves what it started. Disposing ends all of it.</summary>
public sealed class LabRun : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _started = [];

    private LabRun(WorkFolder folder) => Folder = folder.Path;

    /// <summary>How wrong the guest's clock is to become: it falls behind the host's by so much.</summary>
    public TimeSpan Error { get; private init; }

    /// <summary>What the method wants the guest to have.</summary>
    public GuestTimeService TimeService { get; private init; }

    /// <summary>What runs the guest.</summary>
    public required Accelerator Accelerator { get; set; }

    /// <summary>The folder of the run's files; the guest's sockets are in folders below it.</summary>
    public string Folder { get; }

    /// <summary>The host's clock that counts.</summary>
    public ShiftedHostClock HostClock { get; } = new(Linux.Agents.HostClock.Instance);

    /// <summary>Told what takes long, in a few words.</summary>
    public IProgress<string>? Progress { get; private init; }

    /// <summary>Where the guest is, from the end of <see cref="ILabScenario.PrepareAsync"/> on.</summary>
    public GuestSockets Guest { get; internal set; } = new("");

    /// <summary>Every folder that the guest is in, or will be in after a migration: <c>watch</c> is to look into each.</summary>
    public IReadOnlyList<GuestSockets> Places { get; internal set; } = [];

    /// <summary>What is to be booted, where booting is the break.</summary>
    internal GuestVariant? Variant { get; set; }

    /// <summary>The guest itself.</summary>
    internal GuestMachine? Machine { get; set; }

    /// <param name="keep">Leave <see cref="Folder"/> there at the end.</param>
    public static LabRun Create(
        TimeSpan error, GuestTimeService timeService, Accelerator accelerator, IProgress<string>? progress = null, bool keep = false)
    {
        var folder = WorkFolder.Create("gclab-", keep);
        var run = new LabRun(folder) { Error = error, TimeService = timeService, Accelerator = accelerator, Progress = progress };
        run._started.Add(folder);
        return run;
    }

    /// <summary>What the run has to end, in reverse order of their start.</summary>
    internal void EndsWith(IAsyncDisposable started) => _started.Add(started);

    public async ValueTask DisposeAsync()
    {
        for (var i = _started.Count - 1; i >= 0; i--)
            await _started[i].DisposeAsync();
        _started.Clear();
    }
}
