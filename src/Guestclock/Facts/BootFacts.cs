using Guestclock.Formats;
using Guestclock.Json;

namespace Guestclock.Facts;

/// <summary>What the next boot will pass to the kernel.</summary>
public sealed record BootFacts
{
    /// <summary>Every Linux entry of every boot loader found, in the loader's order.</summary>
    public Fact<IReadOnlyList<BootEntry>> Entries { get; init; } = Fact<IReadOnlyList<BootEntry>>.None;

    /// <summary>
    /// GRUB_CMDLINE_LINUX and GRUB_CMDLINE_LINUX_DEFAULT with the drop-ins of /etc/default/grub.d: what new kernels will get.
    /// </summary>
    public Fact<GrubDefaultArguments> GrubDefault { get; init; } = Fact<GrubDefaultArguments>.None;

    /// <summary>
    /// What the tool that installs kernels will write: /etc/kernel/cmdline or /usr/lib/kernel/cmdline (kernel-install),
    /// DEFAULT_APPEND of /etc/sysconfig/bootloader (SLES 10 and 11), default_kernel_opts of /etc/update-extlinux.conf (Alpine).
    /// </summary>
    public Fact<KernelArguments> KernelInstallArguments { get; init; } = Fact<KernelArguments>.None;

    /// <summary>Files and folders of boot loaders that are there but could not be read, each with the reason.</summary>
    public IReadOnlyList<string> Unread { get; init; } = [];

    /// <summary>What is wrong in the files that were read, each a sentence that starts with the file.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The entry that boots by default, else the first ordinary one; null when no entry is known.</summary>
    public BootEntry? DefaultEntry =>
        !Entries.TryGet(out var entries) ? null
        : entries.FirstOrDefault(e => e.IsDefault) ?? entries.FirstOrDefault(e => e is { IsRescue: false, IsLeftOver: false })
        ?? entries.FirstOrDefault();
}

/// <summary>One Linux entry of a boot loader.</summary>
/// <param name="Loader">Which loader reads it.</param>
/// <param name="Source">The file it stands in, and the line where one is known: <c>/boot/grub/grub.conf:12</c>.</param>
/// <param name="Kernel">The kernel's path as the loader names it.</param>
/// <param name="Arguments">With variables such as $kernelopts replaced where their value is known.</param>
/// <param name="IsRescue">A rescue or recovery entry, which need not agree with the others.</param>
public sealed record BootEntry(BootLoader Loader, string Source, string Title, string Kernel, KernelArguments Arguments, bool IsDefault,
    bool IsRescue)
{
    /// <summary>
    /// The loader of this entry is not the one that starts the machine: its file was left behind, or serves another way of booting.
    /// </summary>
    public bool IsLeftOver { get; init; }
}

[System.Text.Json.Serialization.JsonConverter(typeof(KebabEnumConverter<BootLoader>))]
public enum BootLoader
{
    /// <summary>GRUB legacy: grub.conf, menu.lst.</summary>
    GrubLegacy,

    /// <summary>GRUB 2 with menu entries in grub.cfg.</summary>
    Grub2,

    /// <summary>Boot Loader Specification entries below loader/entries, read by GRUB 2 or systemd-boot.</summary>
    Bls,

    /// <summary>extlinux, syslinux.</summary>
    Syslinux,
}

/// <summary>The two argument variables of /etc/default/grub, after all files and drop-ins, and the files they were read from.</summary>
/// <param name="Linux">GRUB_CMDLINE_LINUX: every entry.</param>
/// <param name="LinuxDefault">GRUB_CMDLINE_LINUX_DEFAULT: every entry but recovery.</param>
public sealed record GrubDefaultArguments(KernelArguments Linux, KernelArguments LinuxDefault, IReadOnlyList<string> Files)
{
    /// <summary>Both together, as a normal entry gets them.</summary>
    public KernelArguments Together => KernelArguments.Parse(Linux.Text + " " + LinuxDefault.Text);
}
