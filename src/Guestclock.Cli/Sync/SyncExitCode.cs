using Guestclock.Discipline;

namespace Guestclock.Cli.Sync;

/// <summary>The exit code of runs of sync: 0 only where each guest was seen to be right.</summary>
internal static class SyncExitCode
{
    private static readonly int[] Worst = [ExitCodes.Critical, ExitCodes.Unknown, ExitCodes.Warning];

    public static int Of(IEnumerable<RecoveryOutcome> outcomes)
    {
        var codes = outcomes.Select(Of).ToHashSet();
        return Worst.FirstOrDefault(codes.Contains, ExitCodes.Ok);
    }

    private static int Of(RecoveryOutcome outcome) => outcome switch
    {
        RecoveryOutcome.InTime or RecoveryOutcome.Recovered => ExitCodes.Ok,
        RecoveryOutcome.Left or RecoveryOutcome.WouldSet => ExitCodes.Warning,
        RecoveryOutcome.NotProved or RecoveryOutcome.HostNotSynchronized => ExitCodes.Critical,
        _ => ExitCodes.Unknown,
    };
}
