using System.Diagnostics;
using Guestclock.Discipline;
using Guestclock.EndToEnd.Guests;
using Guestclock.Lab.Guests;
using Guestclock.Lab.Hosts;
using Guestclock.Lab.Scenarios;

namespace Guestclock.EndToEnd.Recovery;

/// <summary>A real guest with an agent, a second agent that tells the truth of its clock, and a monitor to break it with.</summary>
internal sealed class BreakableGuest : IAsyncDisposable
{
    /// <summary>In a script: the process id of the first agent.</summary>
    public const string AgentPid = "$(for p in $(pidof qemu-ga); do case $(tr '\\0' ' ' </proc/$p/cmdline 2>/dev/null) in *guest_agent.1*) ;; *qemu-ga*) echo $p ;; esac; done)";

    /// <summary>In a script: starts the first agent again.</summary>
    public const string StartAgent = "setsid /usr/sbin/qemu-ga </dev/null >/dev/null 2>&1 &";

    private readonly WorkFolder? _folder;
    private readonly LabMonitor _monitor;
    private TruthTeller? _referee;

    private BreakableGuest(WorkFolder? folder, GuestMachine machine, LabMonitor monitor) => (_folder, Machine, _monitor) = (folder, machine, monitor);

    public GuestMachine Machine { get; }

    public GuestSockets Sockets => Machine.Sockets;

    /// <summary>Boots one; its sockets are in the folder <c>here</c> below <see cref="Root"/>.</summary>
    /// <param name="change">What it is to have besides one CPU, 256 MiB and two agents.</param>
    public static Task<BreakableGuest> BootAsync(Func<GuestVariant, GuestVariant>? change = null) => SharedGuests.SkipUnlessAvailableAsync(StartAsync(change ?? (v => v)));

    /// <summary>The folder for all that belongs to this guest; a second QEMU's folder goes there, too.</summary>
    public string Root => Path.GetDirectoryName(Sockets.Folder)!;

    /// <summary>What finds this guest's monitor, and any successor's.</summary>
    public string Glob => Path.Combine(Root, "*", "qmp");

    public Task StopAsync() => _monitor.ExecuteAsync("stop");

    public Task ContinueAsync() => _monitor.ExecuteAsync("cont");

    /// <summary>Resets it; QEMU was started with <c>-no-reboot</c>, and is told otherwise first. It has a second agent again when it is up.</summary>
    public async Task ResetAsync()
    {
        await _monitor.ExecuteAsync("set-action", """{"reboot":"reset"}""");
        await _monitor.ExecuteAsync("system_reset");
    }

    /// <summary>Starts a second QEMU for this guest's state; it stands still, and is disposed of before this one.</summary>
    /// <param name="folder">The name of a folder beside this guest's, or this guest's own.</param>
    /// <param name="state">QEMU's options that say where the state comes from.</param>
    public async Task<BreakableGuest> SucceedAsync(string folder, params string[] state)
    {
        var machine = Machine.StartSuccessor(Directory.CreateDirectory(Path.Combine(Root, folder)).FullName, state);
        return new(null, machine, await LabMonitor.ConnectAsync(machine.Sockets, default));
    }

    /// <summary>Waits until a client is on the monitor that <see cref="Glob"/> finds; the watch looks for new ones every second.</summary>
    public async Task FoundAsync()
    {
        var end = " " + Path.Combine(Sockets.Folder, "qmp");
        // /proc/net/unix (proc(5)): the sixth column of a connected socket is 03, the last one the path that it was bound to.
        for (var clock = Stopwatch.StartNew(); !File.ReadLines("/proc/net/unix").Any(l => l.EndsWith(end, StringComparison.Ordinal) && l.Contains(" 03 ", StringComparison.Ordinal));)
        {
            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(1), "nobody connects to the monitor");
            await Task.Delay(50);
        }
    }

    /// <summary>Lets the guest stand still for that long; its clock is behind by as much then.</summary>
    public async Task PauseAsync(double seconds)
    {
        await StopAsync();
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        await ContinueAsync();
    }

    public LabMonitor Monitor => _monitor;

    /// <summary>Runs a script in the guest and wants it to end well.</summary>
    public async Task<string> RunAsync(string script)
    {
        var result = await Machine.RunAsync(script);
        Assert.True(result.ExitCode == 0, $"{script}: {result}");
        return result.Stdout.Trim();
    }

    /// <summary>Guest − host as the second agent tells it.</summary>
    public async Task<ClockOffset> SeeAsync() => await (await HoldRefereeAsync()).SeeAsync();

    /// <summary>Waits until somebody has set the guest's clock, so that it is less behind than that.</summary>
    public async Task BackAsync(TimeSpan behind)
    {
        for (var clock = Stopwatch.StartNew(); (await SeeAsync()).OffsetNs < -behind.TotalNanoseconds;)
            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(1), "nobody sets the guest's clock");
    }

    /// <summary>Sets the guest's clock by the second agent.</summary>
    /// <param name="ahead">Of the host's; negative: behind.</param>
    public async Task SetAsync(TimeSpan ahead) => await (await HoldRefereeAsync()).SetAsync(ahead);

    /// <summary>Keeps the second agent's channel for this test alone.</summary>
    public async Task<TruthTeller> HoldRefereeAsync() => _referee ??= await TruthTeller.ConnectAsync(Sockets.RefereeSocket);

    /// <summary>Gives the second agent's channel free.</summary>
    public async Task LeaveRefereeAsync()
    {
        if (_referee is not null)
            await _referee.DisposeAsync();
        _referee = null;
    }

    /// <summary>What was claimed is true, as the second agent tells now.</summary>
    public async Task AgreesAsync(ClockOffset claimed) => await (await HoldRefereeAsync()).AgreesAsync(claimed);

    public async ValueTask DisposeAsync()
    {
        await LeaveRefereeAsync();
        await _monitor.DisposeAsync();
        await Machine.DisposeAsync();
        if (_folder is not null)
            await _folder.DisposeAsync();
    }

    private static async Task<BreakableGuest> StartAsync(Func<GuestVariant, GuestVariant> change)
    {
        var folder = WorkFolder.Create("gcr-");
        var own = Directory.CreateDirectory(Path.Combine(folder.Path, "here")).FullName;
        try
        {
            var variant = new GuestVariant("breakable", GuestKernel.Linux61) { Cpus = 1, MemoryMebibytes = 256, Agent = true, Referee = true };
            var machine = await GuestMachine.StartAsync(change(variant), new() { Folder = own });
            var guest = new BreakableGuest(folder, machine, await LabMonitor.ConnectAsync(machine.Sockets, default));
            // A new guest is up to a second behind, for the RTC counts seconds.
            await guest.SetAsync(TimeSpan.Zero);
            return guest;
        }
        catch
        {
            await folder.DisposeAsync();
            throw;
        }
    }
}
