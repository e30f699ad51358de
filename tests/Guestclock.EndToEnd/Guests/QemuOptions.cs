namespace Guestclock.EndToEnd.Guests;

/// <summary>The virtual machine of a guest, as QEMU's command line.</summary>
internal static class QemuOptions
{
    /// <param name="folder">Where QEMU puts its sockets and the console's text.</param>
    public static IEnumerable<string> For(GuestVariant variant, string folder, string kernel, string initrd) =>
    [
        // Emulation is slow, but it is everywhere, and the same everywhere.
        "-accel", "tcg", "-cpu", "max",
        "-machine", "pc", "-m", $"{variant.MemoryMebibytes}", "-smp", $"{variant.Cpus}",
        "-nodefaults", "-no-user-config", "-no-reboot", "-display", "none",
        "-rtc", "base=utc,clock=host",
        "-kernel", kernel, "-initrd", initrd,
        "-append", $"console=ttyS0 quiet {variant.Parameters}".TrimEnd(),
        "-serial", $"file:{folder}/console",
        "-qmp", $"unix:{folder}/qmp,server=on,wait=off",
        "-nic", "user,model=virtio-net-pci,ipv6=off",
        "-device", "virtio-serial-pci",
        .. Port("channel", "org.guestclock.tests.0", folder),
        .. variant.Agent ? Port("agent", "org.qemu.guest_agent.0", folder) : [],
        .. variant.VmClock ? (string[])["-device", "vmclock"] : [],
        .. variant.PtpCard ? (string[])["-device", "igb,romfile="] : [],
    ];

    private static string[] Port(string id, string name, string folder) =>
    [
        "-chardev", $"socket,id={id},path={folder}/{id},server=on,wait=off",
        "-device", $"virtserialport,chardev={id},name={name}",
    ];
}
