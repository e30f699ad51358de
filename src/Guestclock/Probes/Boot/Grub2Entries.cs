using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Formats.Boot;

namespace Guestclock.Probes;

/// <summary>What GRUB 2 says.</summary>
/// <param name="Entries">Menu entries of grub.cfg.</param>
/// <param name="Variables">The environment block and what grub.cfg sets.</param>
/// <param name="Default">The value of <c>default</c>, with saved_entry looked up; null where no grub.cfg says one.</param>
/// <param name="HasConfig">A grub.cfg was read.</param>
/// <param name="ReadsBls">One of the files reads entries below loader/entries.</param>
internal sealed record Grub2Menu(IReadOnlyList<BootEntry> Entries, IReadOnlyDictionary<string, string> Variables, string? Default,
    bool HasConfig, bool ReadsBls);

/// <summary>
/// Entries of GRUB 2: grub.cfg in /boot/grub2 (Red Hat, SUSE), /boot/grub (Debian and others) and on the EFI system partition.
/// </summary>
internal static class Grub2Entries
{
    private static readonly string[] Folders = ["/boot/grub2", "/boot/grub"];

    /// <summary>The environment block.</summary>
    public static IReadOnlyDictionary<string, string> Environment(BootFiles files)
    {
        var efi = files.Machine.List("/boot/efi/EFI").Or([]).Take(20).Select(n => $"/boot/efi/EFI/{n}");
        foreach (var folder in Folders.Concat(efi))
        {
            if (files.Read($"{folder}/grubenv") is { } text)
                return GrubEnv.Parse(text);
        }

        return new Dictionary<string, string>(StringComparer.Ordinal);
    }

    /// <param name="tuned">The value of $tuned_params where neither the environment nor grub.cfg sets it.</param>
    public static Grub2Menu Gather(BootFiles files, IReadOnlyDictionary<string, string> environment, string? tuned)
    {
        var entries = new List<BootEntry>();
        var variables = new Dictionary<string, string>(environment, StringComparer.Ordinal);
        string? firstDefault = null;
        bool hasConfig = false, readsBls = false;
        var efi = files.Machine.List("/boot/efi/EFI").Or([]).Take(20).Select(n => $"/boot/efi/EFI/{n}");
        foreach (var folder in Folders.Concat(efi))
        {
            var read = files.ReadAll($"{folder}/grub.cfg", text => GrubCfg.Parse(text, variables), Resolve);
            if (read.Count == 0)
                continue;
            hasConfig = true;
            var chosen = read.Select(r => r.File.Default).LastOrDefault(d => d is not null);
            var looked = chosen is null ? null : Looked(chosen, environment);
            firstDefault ??= looked;
            foreach (var (_, file) in read)
            {
                readsBls |= file.ReadsBls;
                foreach (var (name, value) in file.Variables)
                    variables.TryAdd(name, value);
            }

            var pick = MenuChoice.Pick(read.SelectMany(r => r.File.Entries).ToList(), looked);
            foreach (var (path, file) in read)
                entries.AddRange(file.Entries.Select(e => Entry(path, e, ReferenceEquals(e, pick) && !file.ReadsBls)));
        }

        if (tuned is not null)
            variables.TryAdd("tuned_params", tuned);
        return new(entries, variables, firstDefault, hasConfig, readsBls);
    }

    private static BootEntry Entry(string path, LoaderEntry entry, bool isDefault)
    {
        var titles = string.Join(" > ", entry.Path.Select(p => p.Title));
        return new(BootLoader.Grub2, $"{path}:{entry.Line}", titles, entry.Kernel, KernelArguments.Parse(entry.Arguments), isDefault,
            RescueEntry.Is(entry.Title, entry.Kernel, entry.Path[^1].Id, entry.Arguments));
    }

    private static string Looked(string value, IReadOnlyDictionary<string, string> environment) =>
        value.Contains("saved_entry", StringComparison.Ordinal) ? environment.GetValueOrDefault("saved_entry", "")
        : value.StartsWith('$') ? "" : value;

    // $prefix and $config_directory are the folder of grub.cfg; other paths start at the file system that holds /boot.
    private static IEnumerable<string> Resolve(string from, string include)
    {
        foreach (var variable in new[] { "$prefix/", "${prefix}/", "$config_directory/", "${config_directory}/" })
        {
            if (include.StartsWith(variable, StringComparison.Ordinal))
                return [$"{BootFiles.Folder(from)}/{include[variable.Length..]}"];
        }

        var at = include.IndexOf(')');
        var path = at < 0 ? include : include[(at + 1)..];
        return path.StartsWith('/') && !path.Contains('$') ? [path, "/boot" + path] : [];
    }
}
