using Guestclock.Checks.TimeServices;
using Guestclock.Facts;
using Guestclock.Formats.Editing;
using Guestclock.Formats.TimeServices;

namespace Guestclock.Fixes.Services;

/// <summary>time-service: the time service that is there starts now and at every boot, and may set the clock. None is installed.</summary>
public sealed class EnabledTimeService : Fix
{
    private const string Why = "so that something keeps the clock right";

    public override string Name => "time-service";

    public override string Title => "Enables and starts the time service that is installed";

    public override IReadOnlyList<string> Checks => ["time-service-enabled", "time-service-running", "clock-synchronized"];

    public override void Plan(FixContext context)
    {
        var services = context.Facts.Services;
        var rows = services.TimeServices.Or([]);
        if (context.Judged.Check.Id == "clock-synchronized" && services.Disciplining.Any())
            context.LeaveToUser(context.Judged.Finding.Remedy!.Summary, context.Judged.Finding.Remedy.Commands);
        else if (rows.Any(s => s.DisciplinesSystemClock && s.Enabled.Is(e => e)) && context.Judged.Check.Id == "time-service-enabled")
            Leave(context, "the service starts at boot, but its configuration has to be corrected first");
        else if (services.Disciplining.FirstOrDefault() is { } running)
            ServiceChange.Enable(context, running.ServiceName, "so that it keeps the clock after a reboot too");
        else if (NotSetting(rows, services) is { } idle)
            LetSet(context, idle);
        else if (Situation.Installed(context.Facts) is not { } installed)
            Leave(context, "no time service is installed, and this program installs none");
        else if (installed.Kind == TimeServiceKind.Phc2sys)
            Leave(context, "phc2sys has to be told which PTP clock it follows");
        else
            Begin(context, installed);
    }

    private static void Begin(FixContext context, TimeService installed)
    {
        // A drop-in's condition, as Debian 10 has one for timesyncd beside another program that keeps the clock.
        if (installed.Enabled.Is(e => !e) && installed.Enabled.Source.Contains(".service.d/", StringComparison.Ordinal))
        {
            Leave(context, $"{installed.Name} is enabled, but a condition in {installed.Enabled.Source} keeps it from starting");
            return;
        }

        if (!installed.Enabled.Is(e => e))
            ServiceChange.Enable(context, installed.ServiceName, Why);
        if (!installed.Running.Is(r => r))
            ServiceChange.Start(context, installed.ServiceName, Why);
    }

    /// <summary>A service that would run if it were allowed to set the clock, where no other is there.</summary>
    private static TimeService? NotSetting(IReadOnlyList<TimeService> rows, ServiceFacts services) =>
        rows.FirstOrDefault(s => s.NoSet && (s.Enabled.Is(e => e) || services.Running.Contains(s)));

    private static void LetSet(FixContext context, TimeService service)
    {
        var place = service.Kind != TimeServiceKind.Chronyd ? null : (context.Facts.Identity.Os.Or(new("", "", "", OsFamily.Unknown)).Family switch
        {
            OsFamily.Debian => ("/etc/default/chrony", "DAEMON_OPTS"),
            OsFamily.RedHat or OsFamily.Suse => ("/etc/sysconfig/chronyd", "OPTIONS"),
            OsFamily.Alpine => ("/etc/conf.d/chronyd", "ARGS"),
            _ => ((string File, string Variable)?)null,
        });
        var text = place is null ? null : context.Files.Text(place.Value.File);
        var options = text is null ? null : ShellFile.Raw(text, place!.Value.Variable);
        var isThere = options is not null && DaemonOptions.Chronyd(options.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) is var given
            && given.Has('x') && !given.Options.Any(o => o.Letter is 'q' or 'Q' or 'p');
        if (!isThere)
        {
            Leave(context, $"what keeps {service.Name} from setting the clock does not stand in a file that is edited here");
            return;
        }

        var (file, variable) = place!.Value;
        context.Write(file, ShellFile.Change(text!, variable, o => OptionWords.Without(o, 'x', DaemonOptions.ChronydLetters)), "so that chronyd may set the clock");
        ServiceChange.Restart(context, service.ServiceName, "so that chronyd runs without -x");
    }

    private static void Leave(FixContext context, string sentence)
    {
        var remedy = context.Judged.Finding.Remedy!;
        context.LeaveToUser($"{sentence}: {char.ToLowerInvariant(remedy.Summary[0])}{remedy.Summary[1..]}", remedy.Commands);
    }
}
