namespace Guestclock.Lab.Scenarios;

/// <summary>One way to make a guest's clock wrong.</summary>
public interface ILabScenario
{
    /// <summary>What it is called on the command line and in results.</summary>
    string Name { get; }

    /// <summary>What it does, as a sentence for users.</summary>
    string Description { get; }

    /// <summary>
    /// Boots the guest and lets it settle, to just before the break; where booting is the break, makes it ready to boot. Afterwards
    /// <see cref="LabRun.Guest"/> says where the guest's sockets are, or will be.
    /// </summary>
    /// <exception cref="LabException">Something is missing on this machine, or did not come up.</exception>
    Task PrepareAsync(LabRun run, CancellationToken cancellationToken);

    /// <summary>
    /// Makes the guest's clock wrong by <see cref="LabRun.Error"/>; afterwards <see cref="LabRun.Guest"/> is where the guest is. Uses none of
    /// the sockets for methods and referees.
    /// </summary>
    /// <returns>
    /// The instant (CLOCK_MONOTONIC of this machine, ns) from which a method can act: the guest runs on, its agent is there, or the host's
    /// clock was stepped.
    /// </returns>
    Task<long> BreakAsync(LabRun run, CancellationToken cancellationToken);
}
