using Guestclock.Fixes.Services;
using Guestclock.Formats;
using Guestclock.Formats.Editing;
using Guestclock.Probes;

namespace Guestclock.Fixes.Agent;

/// <summary>guest-agent-commands: guest-get-time and guest-set-time are no longer blocked, in whichever file a distribution keeps the agent's lists.</summary>
public sealed class GuestAgentCommands : Fix
{
    private const string Conf = "/etc/qemu/qemu-ga.conf";

    private static readonly string[] Commands = ["guest-set-time", "guest-get-time"];

    /// <summary>Red Hat; Debian up to 7; Alpine.</summary>
    private static readonly string[] Settings = ["/etc/sysconfig/qemu-ga", "/etc/default/qemu-guest-agent", "/etc/conf.d/qemu-guest-agent"];

    public override string Name => "guest-agent-commands";

    public override string Title => "Lets the guest agent read and set the clock";

    public override IReadOnlyList<string> Checks => ["guest-agent-time-allowed"];

    public override void Plan(FixContext context)
    {
        const string Why = "so that the host can set this guest's clock after a pause, and prove it";
        if (!context.Facts.Agent.Rules.TryGet(out var rules) || Array.TrueForAll(Commands, rules.Allows))
        {
            Leave(context, "");
            return;
        }

        var unit = InstallSection.Find(context.Files, ServiceChange.NameOf(context.Facts.Agent.Unit));
        var before = context.Steps.Count;
        foreach (var file in Settings.Concat(EnvironmentFiles(context.Files, unit)).Distinct(StringComparer.Ordinal))
        {
            if (context.Files.Text(file) is { } text)
                context.Write(file, Allow(text), Why);
        }

        foreach (var file in new[] { Conf }.Concat(rules.Sources.Where(s => s.EndsWith(".conf", StringComparison.Ordinal) && !s.Contains(", ", StringComparison.Ordinal))).Distinct(StringComparer.Ordinal))
        {
            // A drop-in of the unit ends so too, and has no such group.
            if (context.Files.Text(file) is { } text)
                context.Write(file, QemuGaConfEditor.Allow(text, Commands), Why);
        }

        if (!AgentProbe.Gather(new DraftMachine(context.Files)).Rules.Is(r => Array.TrueForAll(Commands, r.Allows)))
            throw new FixRefusedException($"the list stands on the command line of {context.Facts.Agent.Unit} itself: change it there{(unit is null ? "" : $" by 'systemctl edit --full {unit.Name}'")}");
        if (context.Steps.Count == before)
        {
            Leave(context, "the list stands in no file that is edited here: ");
            return;
        }

        var name = ServiceChange.NameOf(context.Facts.Agent.Unit);
        if (context.Facts.Agent.Running.Is(r => r))
            ServiceChange.Restart(context, name.EndsWith('@') ? name + "*" : name, "so that the agent reads its lists again");
    }

    /// <summary>RHEL 6 to 8 BLACKLIST_RPC, RHEL 9.0 BLOCK_RPCS, since 9.2 FILTER_RPC_ARGS; Debian up to 7 DAEMON_ARGS.</summary>
    private static string Allow(string text)
    {
        foreach (var list in new[] { "BLACKLIST_RPC", "BLOCK_RPCS" })
        {
            if (ShellFile.Raw(text, list) is not null)
                text = ShellFile.Change(text, list, v => CommandList.Without(v, Commands));
        }

        foreach (var line in new[] { "FILTER_RPC_ARGS", "DAEMON_ARGS", "OPTIONS" })
        {
            if (ShellFile.Raw(text, line) is not null)
                text = ShellFile.Change(text, line, v => CommandList.Allow(v, Commands));
        }

        return text;
    }

    private static IEnumerable<string> EnvironmentFiles(Draft files, InstallSection? unit) =>
        Entries(files, unit).Where(e => e.Key == "EnvironmentFile").Select(e => e.Value.TrimStart('-')).Where(f => f.StartsWith("/etc/", StringComparison.Ordinal)).Take(16);

    private static IEnumerable<IniEntry> Entries(Draft files, InstallSection? unit) => unit is null ? []
        : UnitFolders.DropIns(files, unit.Name).Prepend(unit.File).SelectMany(f => IniFile.Parse(files.Text(f) ?? "")).Where(e => e.Section == "Service");

    private static void Leave(FixContext context, string before)
    {
        var remedy = context.Judged.Finding.Remedy!;
        context.LeaveToUser(before + remedy.Summary, remedy.Commands);
    }
}
