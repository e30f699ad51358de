using Guestclock.Formats;
using Guestclock.Formats.Editing;
using Guestclock.Fixes.Steps;
using Guestclock.Remedies;

namespace Guestclock.Fixes.Boot;

/// <summary>Shell files from which the entries of later kernels are written.</summary>
internal static class LegacyTemplates
{
    /// <summary>SLES 10 and 11, perl-Bootloader.</summary>
    public static IReadOnlyList<(string Path, string Name)> OfGrub { get; } =
        [("/etc/sysconfig/bootloader", "DEFAULT_APPEND"), ("/etc/sysconfig/bootloader", "XEN_KERNEL_APPEND")];

    /// <summary>Alpine's update-extlinux; Debian's extlinux-update and u-boot-update.</summary>
    public static IReadOnlyList<(string Path, string Name)> OfSyslinux { get; } =
        [(SyslinuxBoot.Template, "default_kernel_opts"), ("/etc/default/extlinux", "EXTLINUX_PARAMETERS"), ("/etc/default/u-boot", "U_BOOT_PARAMETERS")];

    /// <summary>Changes each that is there and assigned.</summary>
    public static void Plan(FixContext context, ArgumentChange change, IReadOnlyList<(string Path, string Name)> templates)
    {
        foreach (var (path, name) in templates)
        {
            if (context.Files.Text(path) is not { } before || ShellFile.Raw(before, name) is null)
                continue;
            var after = Edited(before, name, name.StartsWith("XEN_", StringComparison.Ordinal) ? LoopsPerJiffy.Without(change) : change);
            var withoutLpj = Edited(before, name, LoopsPerJiffy.Without(change));
            context.Write(path, after, $"new kernels: {LegacyBoot.Why(change)}", Effect.NextBoot, after == withoutLpj ? Risk.None : Risk.Boot);
        }
    }

    private static string Edited(string text, string name, ArgumentChange change)
    {
        var after = ShellFile.Change(text, name, change.Apply);
        var wanted = KernelArguments.Parse(change.Apply(Value(text)));
        return Value(after).Split(' ').SequenceEqual(wanted.Text.Split(' ')) || KernelArguments.Parse(Value(after)).All.SequenceEqual(wanted.All)
            ? after : throw new FixRefusedException($"{name} is written in a form that is not edited here; change it by hand");

        string Value(string of) => ShellVariables.Parse(of).GetValueOrDefault(name, "");
    }
}
