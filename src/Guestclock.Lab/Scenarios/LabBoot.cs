using Guestclock.Discipline;
using Guestclock.Lab.Guests;
using Guestclock.Lab.Hosts;
using Guestclock.Linux.Agents;

namespace Guestclock.Lab.Scenarios;

/// <summary>Boots a run's guest, with the time service that the method wants, and makes its clock right.</summary>
internal static class LabBoot
{
    private static readonly TimeSpan AgentLimit = TimeSpan.FromSeconds(30);

    /// <summary>The guest's folder, made where it is not there yet; the guest is to be found there from now on.</summary>
    public static string FolderOf(LabRun run)
    {
        var folder = Directory.CreateDirectory(Path.Combine(run.Folder, "guest")).FullName;
        run.Guest = new GuestSockets(folder);
        run.Places = [run.Guest];
        return folder;
    }

    /// <summary>A second folder, where the guest will be later.</summary>
    public static void AddPlace(LabRun run) =>
        run.Places = [run.Guest, new GuestSockets(Directory.CreateDirectory(Path.Combine(run.Folder, "there")).FullName)];

    /// <summary>The guest that a run wants; its chrony, if it is to have one, asks a chronyd of this machine.</summary>
    public static async Task<GuestVariant> VariantAsync(LabRun run, CancellationToken cancellationToken)
    {
        if (run.TimeService == GuestTimeService.None)
            return Variant(run, null);
        var server = await HostChrony.StartAsync(run.Progress, cancellationToken);
        run.EndsWith(server);
        return Variant(run, server.Port);
    }

    /// <param name="port">Of the NTP server on this machine's loopback.</param>
    public static GuestVariant Variant(LabRun run, int? port)
    {
        // One CPU: with more, Linux 6.1 does not trust an emulated TSC.
        var variant = new GuestVariant("lab", GuestKernel.Linux61) { Cpus = 1, MemoryMebibytes = 256, Agent = true, Referee = true };
        return run.TimeService switch
        {
            GuestTimeService.ChronyStock => variant with { Chrony = true, ServerPort = port, ServerOptions = "iburst" },
            GuestTimeService.ChronyMakestep => variant with { Chrony = true, ServerPort = port, ServerOptions = "iburst minpoll 0 maxpoll 2", MakeStep = "1 -1" },
            _ => variant,
        };
    }

    public static async Task StartAsync(LabRun run, GuestVariant variant, IReadOnlyList<string> environment, CancellationToken cancellationToken)
    {
        var launch = new GuestLaunch { Folder = FolderOf(run), Accelerator = run.Accelerator, Environment = environment, Progress = run.Progress };
        run.Machine = await GuestMachine.StartAsync(variant, launch, cancellationToken: cancellationToken);
        run.EndsWith(run.Machine);
    }

    /// <summary>Boots the guest and makes its clock right, as a guest's is that has been up for long.</summary>
    public static async Task StartSettledAsync(LabRun run, GuestVariant variant, CancellationToken cancellationToken, IReadOnlyList<string>? environment = null)
    {
        await StartAsync(run, variant, environment ?? [], cancellationToken);
        run.Progress?.Report("letting the guest's clock settle");
        if (run.TimeService == GuestTimeService.None)
            await SetRightAsync(run, cancellationToken);
        else
            await SettleChronyAsync(run.Machine!, cancellationToken);
    }

    /// <summary>A new guest is up to a second behind, for the RTC counts seconds.</summary>
    private static async Task SetRightAsync(LabRun run, CancellationToken cancellationToken)
    {
        await using var agent = await AgentSocket.ConnectAsync(run.Guest.AgentSocket, run.HostClock, AgentLimit, cancellationToken);
        var policy = RecoveryPolicy.Default with { TimeoutNs = (long)AgentLimit.TotalNanoseconds, BackwardLimitNs = 0 };
        var result = await new RecoveryRunner(policy) { AnswerLimit = AgentLimit }.RunAsync("lab", agent, openProver: null, cancellationToken);
        if (result.After is not { } after || Math.Abs(after.OffsetNs) > policy.WithinNs)
            throw new LabException($"the guest's clock could not be set before the run: {result.Outcome} {result.Failure} {result.Detail}");
    }

    /// <summary>Until chrony has the clock right and has used up the steps that <c>makestep 1 3</c> allows it after its start.</summary>
    private static async Task SettleChronyAsync(GuestMachine guest, CancellationToken cancellationToken)
    {
        var result = await guest.RunAsync("chronyc waitsync 90 0.001 0 1 && for n in 1 2 3; do chronyc burst 4/4 && sleep 10; done", TimeSpan.FromMinutes(3), cancellationToken);
        if (result.ExitCode != 0)
            throw new LabException($"chrony in the guest did not synchronise to this machine within 90 s: {result.Stdout.Trim()}");
    }
}
