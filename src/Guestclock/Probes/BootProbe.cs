using Guestclock.Facts;
using Guestclock.Formats;
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
        var grub2 = Grub2Entries.Gather(files, environment);
        entries.AddRange(grub2.Entries);
        entries.AddRange(BlsEntries.Gather(files, grub2));
        entries.AddRange(SyslinuxEntries.Gather(files));
        return new()
        {
            Entries = entries.Count > 0
                ? Fact.Known<IReadOnlyList<BootEntry>>(LoaderInUse.Mark(machine, entries), string.Join(' ', files.Used))
                : files.WhyNone("no boot loader configuration with a Linux entry was found"),
            GrubDefault = GrubDefaultFile(machine),
            KernelInstallArguments = KernelInstall(machine),
            Unread = files.Unread,
            Remarks = files.Remarks,
        };
    }

    private static Fact<GrubDefaultArguments> GrubDefaultFile(IMachine machine)
    {
        const string main = "/etc/default/grub", folder = "/etc/default/grub.d";
        var text = machine.ReadText(main);
        var dropIns = machine.List(folder).Or([]).Where(n => n.EndsWith(".cfg", StringComparison.Ordinal)).Take(100).Select(n => $"{folder}/{n}").ToList();
        if (!text.IsKnown && (text.State != FactState.Missing || dropIns.Count == 0))
            return text.Then<GrubDefaultArguments>(_ => null!);
        var files = new List<string>();
        IReadOnlyDictionary<string, string>? variables = null;
        foreach (var path in dropIns.Prepend(main))
        {
            var file = path == main ? text : machine.ReadText(path);
            if (file.TryGet(out var content))
            {
                variables = ShellVariables.Parse(content, variables);
                files.Add(path);
            }
            else if (file.State != FactState.Missing)
            {
                return file.Then<GrubDefaultArguments>(_ => null!);
            }
        }

        return Fact.Known(new GrubDefaultArguments(Of("GRUB_CMDLINE_LINUX"), Of("GRUB_CMDLINE_LINUX_DEFAULT"), files), string.Join(' ', files));

        KernelArguments Of(string name) => KernelArguments.Parse(variables?.GetValueOrDefault(name, "") ?? "");
    }

    private static Fact<KernelArguments> KernelInstall(IMachine machine)
    {
        var first = machine.ReadText("/etc/kernel/cmdline");
        if (first.State == FactState.Missing)
            first = machine.ReadText("/usr/lib/kernel/cmdline") is { State: not FactState.Missing } vendor ? vendor : first;
        if (first.State != FactState.Missing)
            return first.Then(WithoutComments);
        foreach (var (path, name) in new[] { ("/etc/sysconfig/bootloader", "DEFAULT_APPEND"), ("/etc/update-extlinux.conf", "default_kernel_opts") })
        {
            var text = machine.ReadText(path);
            if (text.TryGet(out var content) && ShellVariables.Parse(content).GetValueOrDefault(name) is { Length: > 0 } value)
                return Fact.Known(KernelArguments.Parse(value), path);
        }

        return first.Then(KernelArguments.Parse);
    }

    private static KernelArguments WithoutComments(string text) =>
        KernelArguments.Parse(string.Join(' ', text.Split('\n').Where(l => !l.TrimStart().StartsWith('#'))));
}
