using Guestclock.Cli.Daemon;
using Guestclock.Cli.Trials;
using Guestclock.Discipline.Watch;
using Guestclock.Linux.Agents;
using Guestclock.Linux.Native;
using Guestclock.Linux.Watching;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Cli.Commands;

/// <summary>Where a command writes, and what it knows of its surroundings.</summary>
internal sealed record CommandContext(TextWriter Stdout, TextWriter Stderr, Terminal Terminal)
{
    /// <summary>What <c>watch</c> stands in.</summary>
    public WatchSurroundings Watch { get; init; } = WatchSurroundings.Real;

    /// <summary>Asks the user a question and gives whether the answer is yes; null where there is no terminal to ask on.</summary>
    public Func<string, bool>? Ask { get; init; }

    /// <summary>Whether nobody reads what is written any more.</summary>
    public Func<bool> HasNoReader { get; init; } = StandardStreams.OutputHasNoReader;

    /// <summary>Standard input, as bytes.</summary>
    public Func<Stream> OpenInput { get; init; } = Console.OpenStandardInput;

    /// <summary>What <c>probe</c> sees of the KVM device of that path.</summary>
    public Func<string, TimeSpan, IProgress<string>, CancellationToken, KvmEvidence> Probe { get; init; } = HostProbe.Run;

    /// <summary>Whether the host's own clock is synchronised; takes a second at most.</summary>
    public Func<HostSanity> JudgeHost { get; init; } = () => HostTimeReading.Read().Judge(HostClock.Instance.RealtimeNs);
}
