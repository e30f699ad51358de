using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Formats.Boot;
using Guestclock.Formats.Editing;
using Guestclock.Machines;

namespace Guestclock.Probes;

/// <summary>What the next boot will pass to the kernel, from the files of every boot loader and of the tools that write them.</summary>
public static class BootProbe
{
    public static BootFacts Gather(IMachine machine)
    {
        var files = new BootFiles(machine);
        var entries = new List<BootEntry>();
        var environment = Grub2Entries.Environment(files);
        entries.AddRange(LegacyEntries.Gather(files));
        var tuned = TunedParameters(machine);
        var grub2 = Grub2Entries.Gather(files, environment, tuned);
        entries.AddRange(grub2.Entries);
        entries.AddRange(BlsEntries.Gather(files, grub2));
        entries.AddRange(SyslinuxEntries.Gather(files));
        return new()
        {
            Entries = entries.Count > 0
                ? Fact.Known<IReadOnlyList<BootEntry>>(LoaderInUse.Mark(machine, entries), string.Join(' ', files.Used))
                : files.WhyNone("no boot loader configuration with a Linux entry was found"),
            GrubDefault = GrubDefaultFile(machine, tuned),
            KernelInstallArguments = KernelInstall(machine, tuned),
            Unread = files.Unread,
            Remarks = files.Remarks,
        };
    }

    // What tuned's profile adds: grub.cfg and entries take it in as $tuned_params (its script /etc/grub.d/00_tuned).
    private static string? TunedParameters(IMachine machine) =>
        machine.ReadText("/etc/tuned/bootcmdline").TryGet(out var text) ? ShellVariables.Parse(text)
            .GetValueOrDefault("TUNED_BOOT_CMDLINE") : null;

    private static Fact<GrubDefaultArguments> GrubDefaultFile(IMachine machine, string? tuned)
    {
        const string main = "/etc/default/grub", folder = "/etc/default/grub.d";
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        if (tuned is not null)
            known["tuned_params"] = tuned;
        var text = machine.ReadText(main);
        var dropIns = machine.List(folder).Or([]).Where(n => n.EndsWith(".cfg", StringComparison.Ordinal)).Take(100)
            .Select(n => $"{folder}/{n}").ToList();
        if (!text.IsKnown && (!IsAbsent(text) || dropIns.Count == 0))
            return text.Then<GrubDefaultArguments>(_ => null!);
        var files = new List<string>();
        IReadOnlyDictionary<string, string>? variables = null;
        foreach (var path in dropIns.Prepend(main))
        {
            var file = path == main ? text : machine.ReadText(path);
            if (file.TryGet(out var content))
            {
                variables = GrubDefaultText.Parse(content, variables);
                files.Add(path);
            }
            else if (!IsAbsent(file))
            {
                return file.Then<GrubDefaultArguments>(_ => null!);
            }
        }

        return Fact.Known(new GrubDefaultArguments(Of("GRUB_CMDLINE_LINUX"), Of("GRUB_CMDLINE_LINUX_DEFAULT"), files),
            string.Join(' ', files));

        KernelArguments Of(string name) => KernelArguments.Parse(BootVariables.Expand(variables?.GetValueOrDefault(name, "") ?? "", known));
    }

    private static Fact<KernelArguments> KernelInstall(IMachine machine, string? tuned)
    {
        var first = machine.ReadText("/etc/kernel/cmdline");
        if (IsAbsent(first) && machine.ReadText("/usr/lib/kernel/cmdline") is var vendor && !IsAbsent(vendor))
            first = vendor;
        if (!IsAbsent(first))
        {
            // tuned's own script adds its part to each new entry.
            var adds = tuned is not null && machine.Exists("/usr/lib/kernel/install.d/92-tuned.install");
            return first.Then(text => KernelInstallEditor.Parse(adds ? $"{text}\n{tuned}" : text));
        }

        foreach (var (path, name) in new[] { ("/etc/sysconfig/bootloader", "DEFAULT_APPEND"),
            ("/etc/update-extlinux.conf", "default_kernel_opts") })
        {
            var text = machine.ReadText(path);
            if (text.TryGet(out var content) && ShellVariables.Parse(content).GetValueOrDefault(name) is { Length: > 0 } value)
                return Fact.Known(KernelArguments.Parse(value), path);
        }

        return first.Then(KernelArguments.Parse);
    }

    private static bool IsAbsent(IFact fact) => fact.State is FactState.Missing or FactState.NotRecorded;
}
