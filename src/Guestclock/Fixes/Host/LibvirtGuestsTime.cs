using Guestclock.Checks.Domain;
using Guestclock.Fixes.Steps;
using Guestclock.Formats;
using Guestclock.Formats.Editing;

namespace Guestclock.Fixes.Host;

/// <summary>libvirt-guests-time: libvirt-guests sets the clocks of the guests that it resumes. The service reads its file when the host shuts down and boots.</summary>
public sealed class LibvirtGuestsTime : Fix
{
    public override string Name => "libvirt-guests-time";

    public override string Title => "Lets libvirt-guests set the clocks of the guests that it resumes";

    public override IReadOnlyList<string> Checks => ["guests-synced-on-resume"];

    public override void Plan(FixContext context)
    {
        var guests = LibvirtGuests.Of(context.Facts);
        if (!guests.SuspendsAtShutdown || guests is { SyncsTime: true, StartsAtBoot: true })
        {
            var remedy = context.Judged.Finding.Remedy!;
            context.LeaveToUser(remedy.Summary, remedy.Commands);
            return;
        }

        var file = LibvirtGuests.File(context.Facts);
        var text = context.Files.Text(file) ?? "";
        if (!guests.SyncsTime)
            text = ShellFile.Set(text, "SYNC_TIME", "1");
        if (!guests.StartsAtBoot)
            text = ShellFile.Set(text, "ON_BOOT", "start");
        var after = ShellVariables.Parse(text);
        if (after.GetValueOrDefault("SYNC_TIME", "0") == "0" || (!guests.StartsAtBoot && after.GetValueOrDefault("ON_BOOT", "") != "start"))
            throw new FixRefusedException($"{file} would not say SYNC_TIME=1 after the change: look at it by hand");
        context.Write(file, text, "so that the guests which libvirt-guests saves and resumes get the right time", Effect.NextBoot);
    }
}
