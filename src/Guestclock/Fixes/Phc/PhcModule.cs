using Guestclock.Checks.Phc;
using Guestclock.Fixes.Steps;
using Guestclock.Formats.Editing;
using Guestclock.Formats.Modules;
using Guestclock.Judging;

namespace Guestclock.Fixes.Phc;

/// <summary>phc-module: the module behind the hypervisor's clock may load, is loaded now, and at every boot.</summary>
public sealed class PhcModule : Fix
{
    private const string Why = "so that the guest sees its hypervisor's clock";

    /// <summary>modprobe.d(5), the most important first; only the first may be edited.</summary>
    private static readonly string[] Folders = ["/etc/modprobe.d", "/run/modprobe.d", "/usr/local/lib/modprobe.d", "/usr/lib/modprobe.d", "/lib/modprobe.d"];

    public override string Name => "phc-module";

    public override string Title => "Loads the module of the hypervisor's clock, now and at boot";

    public override IReadOnlyList<string> Checks => ["phc-loaded-at-boot", "phc-available"];

    /// <summary>Where a kernel argument keeps the clock away, the repair of kernel arguments takes it.</summary>
    public override bool Takes(JudgedCheck judged) => base.Takes(judged) && judged.Finding.Remedy!.Arguments is null;

    public override void Plan(FixContext context)
    {
        var modules = context.Facts.Modules;
        var remedy = context.Judged.Finding.Remedy!;
        var isAbsent = context.Judged.Check.Id == "phc-available";
        if (HostClock.Of(context.Facts) is not { Module: var module } || (isAbsent && !remedy.Commands.Contains($"modprobe {module}", StringComparer.Ordinal)))
        {
            context.LeaveToUser(remedy.Summary, remedy.Commands);
            return;
        }

        if (modules.Blacklisted.Or(new Dictionary<string, string>(StringComparer.Ordinal)).TryGetValue(module, out var by))
            Allow(context, module, by);
        if (isAbsent)
            context.Add(new ModuleStep(module) { Effect = Effect.Now }, Why);
        if (!modules.LoadedAtBoot.Is(b => b.ContainsKey(module)))
            LoadAtBoot(context, module);
    }

    private static void Allow(FixContext context, string module, string by)
    {
        if (by == "/proc/cmdline")
            throw new FixRefusedException($"the kernel's command line keeps {module} from loading: take it out of modprobe.blacklist= or module_blacklist= in the boot loader");
        var hidden = new HashSet<string>(StringComparer.Ordinal);
        foreach (var folder in Folders)
        {
            foreach (var name in context.Files.List(folder))
            {
                // module-init-tools read files without the suffix too.
                var isRead = name.EndsWith(".conf", StringComparison.Ordinal) || (folder == Folders[0] && !name.Contains('.', StringComparison.Ordinal));
                if (isRead && hidden.Add(name))
                    Allow(context, module, $"{folder}/{name}", $"{Folders[0]}/{name}");
            }
        }

        Allow(context, module, "/etc/modprobe.conf", "/etc/modprobe.conf");
    }

    /// <summary>A file of a package is copied to /etc, where it hides the other one.</summary>
    private static void Allow(FixContext context, string module, string file, string own)
    {
        if (context.Files.IsDirectory(file) || context.Files.Text(file) is not { } text)
            return;
        var allowed = ModprobeConfEditor.Allow(text, module);
        if (allowed != text)
            context.Write(own, allowed, $"so that {module} may load", Effect.NextBoot);
    }

    /// <summary>Names the module in the file of those that are loaded at boot.</summary>
    internal static void LoadAtBoot(FixContext context, string module)
    {
        if (PhcRemedy.FileAtBoot(context.Facts, module) is not { } file)
        {
            context.LeaveToUser($"this system is older than modules-load.d: let one of its scripts run 'modprobe {module}' at boot");
            return;
        }

        var text = context.Files.Text(file) ?? "";
        if (ModulesLoad.Parse(text).Contains(module))
            return;
        var end = text.Length == 0 || text[^1] == '\n' ? "" : ShellFile.LineEnd(text);
        context.Write(file, $"{text}{end}{module}{ShellFile.LineEnd(text)}", $"so that {module} is loaded at every boot", Effect.NextBoot);
    }
}
