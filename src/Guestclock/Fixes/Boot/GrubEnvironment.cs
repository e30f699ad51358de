using Guestclock.Formats.Boot;
using Guestclock.Formats.Editing;

namespace Guestclock.Fixes.Boot;

/// <summary>The environment block, in which RHEL 8 keeps the arguments of all entries as <c>kernelopts</c>.</summary>
internal static class GrubEnvironment
{
    public const string Name = "kernelopts";

    /// <summary>Where it stands; the first of several is the one that the probe reads.</summary>
    public static string? Find(FixContext context) => Folders(context).Select(f => $"{f}/grubenv").FirstOrDefault(p => context.Files.Text(p) is not null);

    /// <summary>kernelopts of the block, or what grub.cfg sets where the block has none; null where neither has it.</summary>
    public static string? Value(FixContext context)
    {
        if (Find(context) is not { } path)
            return null;
        if (GrubEnv.Parse(BootFile.Text(context, path)).TryGetValue(Name, out var value))
            return value;
        foreach (var folder in Folders(context))
        {
            if (context.Files.Text($"{folder}/grub.cfg") is { } text && GrubCfg.Parse(text).Variables.TryGetValue(Name, out value))
                return value;
        }

        return null;
    }

    /// <summary>The block with the arguments changed in kernelopts; null where nothing changes.</summary>
    /// <exception cref="Formats.MalformedInputException">They do not fit into the block.</exception>
    public static (string Path, string After)? Changed(FixContext context, ArgumentEdit edit)
    {
        if (Find(context) is not { } path || Value(context) is not { } value)
            return null;
        var block = BootFile.Text(context, path);
        var after = edit.Apply(value);
        edit.Prove(path, Formats.KernelArguments.Parse(value), Formats.KernelArguments.Parse(after));
        return after == value ? null : (path, GrubEnvEditor.Set(block, Name, after));
    }

    private static IEnumerable<string> Folders(FixContext context) =>
        ((string[])["/boot/grub2", "/boot/grub"]).Concat(context.Files.List("/boot/efi/EFI").Take(20).Select(n => $"/boot/efi/EFI/{n}"));
}
