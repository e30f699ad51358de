using Guestclock.Checks.TimeServices;
using Guestclock.Formats.Editing;

namespace Guestclock.Fixes.TimeServices;

/// <summary>chrony: <c>makestep</c> without a limit of updates as the last such line, and no <c>maxchange</c>.</summary>
internal static class ChronySteps
{
    private const string Why = "chronyd steps the clock at any time, and not only after its start";

    public static void Plan(FixContext context)
    {
        var files = ChronyFiles.Open(context);
        ChronyFiles.Bounded(files.Conf.All("maxchange").Count(), "maxchange");
        while (files.Conf.Last("maxchange") is { } change)
            files.Edit(change, null, "chronyd does not end because a pause was long", ChronyEditor.CommentOut);
        if (StepPolicy.Wanted(files.Conf) is { } wanted)
            files.Settle(files.Conf.Last("makestep"), wanted, Why);
        files.Activate(Why);
    }
}
