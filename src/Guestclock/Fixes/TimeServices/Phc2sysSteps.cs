using Guestclock.Facts;
using Guestclock.Fixes.Services;
using Guestclock.Formats.Editing;
using Guestclock.Formats.TimeServices;

namespace Guestclock.Fixes.TimeServices;

/// <summary>phc2sys: <c>-S 1</c> in its options, where they stand in a file.</summary>
internal static class Phc2sysSteps
{
    private const string Why = "phc2sys steps the clock above 1 s at any time (-S 1)";

    public static void Plan(FixContext context, TimeService phc2sys)
    {
        var remedy = context.Judged.Finding.Remedy!;
        var file = OptionFile.Find(context.Files, phc2sys.Kind);
        // Options of a unit of its own, or of timemaster.conf, are not those of the file.
        if (file is null || (phc2sys.Running.Is(r => r) && !phc2sys.Arguments.SequenceEqual(file.Options, StringComparer.Ordinal)))
        {
            context.LeaveToUser(remedy.Summary, remedy.Commands);
            return;
        }

        var changed = file.Change(context, o => OptionWords.With(o, 'S', "1"), Why);
        if (DaemonOptions.Phc2sys(changed.Options).Argument('S') != "1")
            throw new FixRefusedException($"{file.Variable} in {file.Path} cannot be changed safely: add -S 1 by hand");
        if (phc2sys.Running.Is(r => r))
            ServiceChange.Restart(context, phc2sys.ServiceName, Why);
    }
}
