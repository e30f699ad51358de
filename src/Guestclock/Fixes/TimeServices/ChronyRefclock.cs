using Guestclock.Checks.Phc;
using Guestclock.Facts;
using Guestclock.Fixes.Services;
using Guestclock.Formats.Editing;
using Guestclock.Remedies;

namespace Guestclock.Fixes.TimeServices;

/// <summary>chrony-refclock: chrony reads the hypervisor's clock, by a name that does not change and on the right time scale.</summary>
public sealed class ChronyRefclock : Fix
{
    private const string AddWhy = "chronyd reads the hypervisor's clock";
    private const string EditWhy = "chronyd finds the hypervisor's clock by a name that does not change, and on its time scale";

    public override string Name => "chrony-refclock";

    public override string Title => "Has chrony read the hypervisor's clock by its stable name";

    public override IReadOnlyList<string> Checks => ["phc-refclock", "phc-selected"];

    public override void Plan(FixContext context)
    {
        var remedy = context.Judged.Finding.Remedy!;
        if (context.Judged.Check.Id == "phc-selected")
        {
            Selected(context, remedy);
            return;
        }

        var files = ChronyFiles.Open(context);
        var refclocks = Refclocks.Of(Now(context, files));
        ChronyFiles.Bounded(refclocks.Count, "refclock");
        if (refclocks.Count == 0)
            Add(context, files);
        for (var i = 0; i < refclocks.Count; i++)
            Mend(context, files, i);
        if (context.Steps.Count == 0)
            context.LeaveToUser(remedy.Summary, remedy.Commands);
        files.Activate(refclocks.Count == 0 ? AddWhy : EditWhy);
    }

    /// <summary>chronyd opens the clock anew where that is all that is missing; which of two clocks is right is not for a program to say.</summary>
    private static void Selected(FixContext context, Remedy remedy)
    {
        var chronyd = context.Facts.Services.Find(TimeServiceKind.Chronyd);
        if (chronyd is not null && remedy.Commands.Contains(ByDistribution.Restart(context.Facts, ByDistribution.ChronyUnit(context.Facts))))
            ServiceChange.Restart(context, chronyd.ServiceName, "chronyd opens the hypervisor's clock anew");
        else
            context.LeaveToUser(remedy.Summary, remedy.Commands);
    }

    private static void Add(FixContext context, ChronyFiles files)
    {
        if (HostClock.All(context.Facts) is not [var clock, ..])
            return;
        var name = HostClock.NameOf(context.Facts, clock);
        PhcDevice.Name(context, clock.ClockName, name);
        files.Add(PhcRemedy.Line(name, TimeScale.LooksLikeTai(context.Facts, clock)), AddWhy);
        PhcDevice.LoadAtBoot(context, Now(context, files));
    }

    private static void Mend(FixContext context, ChronyFiles files, int index)
    {
        var all = Refclocks.Of(Now(context, files));
        var refclock = all[index];
        if (RefclockFlaw.Of(context.Facts, refclock) is not { } flaw)
            return;
        if (flaw.Device is { } name)
        {
            if (all.FirstOrDefault(r => r != refclock && Refclocks.Device(r) == name) is { } other)
                throw new FixRefusedException($"{other.Source} reads {name} already: take the line at {refclock.Source} out");
            PhcDevice.Name(context, HostClock.Of(context.Facts)?.ClockName ?? "", name);
            var words = refclock.Words.ToList();
            words[1] = name + words[1][Refclocks.Device(refclock).Length..];
            if (words[1] != refclock.Words[1])
                files.Edit(refclock, words, EditWhy, (text, line) => ChronyEditor.SetWord(text, line, 2, words[1]));
        }

        refclock = Refclocks.Of(Now(context, files))[index];
        if (flaw.Tai == true)
        {
            files.Edit(refclock, [.. refclock.Words, "tai"], EditWhy, (text, line) => ChronyEditor.AddWord(text, line, "tai"));
        }
        else if (flaw.Tai == false)
        {
            var words = refclock.Words.ToList();
            var at = words.FindIndex(w => string.Equals(w, "tai", StringComparison.OrdinalIgnoreCase));
            words.RemoveAt(at);
            files.Edit(refclock, words, EditWhy, (text, line) => ChronyEditor.RemoveWord(text, line, at + 1));
        }
    }

    private static MachineFacts Now(FixContext context, ChronyFiles files) =>
        context.Facts with { Services = context.Facts.Services with { ChronyConf = Fact.Known(files.Conf, files.Conf.File) } };
}
