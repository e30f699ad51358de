using Guestclock.Checks;
using Guestclock.Checks.Xen;
using Guestclock.Fixes.Steps;
using Guestclock.Formats;
using Guestclock.Formats.Editing;

namespace Guestclock.Fixes.Xen;

/// <summary>xen-tsc-mode: the mode in the configuration of each Xen guest at fault.</summary>
public sealed class XenTscModeFix : Fix
{
    public override string Name => "xen-tsc-mode";

    public override string Title => "Changes the TSC mode of Xen guests";

    public override IReadOnlyList<string> Checks => ["xen-tsc-mode"];

    public override void Plan(FixContext context)
    {
        var least = context.IsNamed ? CheckStatus.Info : context.Judged.Finding.Status;
        foreach (var judged in XenTscMode.Judged(context.Facts).Where(j => j.Mode is not null && j.Status >= least))
        {
            var file = judged.Guest.File;
            try
            {
                var text = context.Files.Text(file) ?? throw new FixRefusedException($"there is no {file}");
                context.Write(file, XlConfigEditor.Set(text, "tsc_mode", judged.Mode!), judged.Says, Effect.GuestStart);
            }
            catch (Exception e) when (e is FixRefusedException or MalformedInputException)
            {
                context.LeaveToUser($"{judged.Guest.Name}: {e.Message}", judged.Remedy!.Commands);
            }
        }
    }
}
