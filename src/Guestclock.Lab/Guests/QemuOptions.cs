using System.Globalization;

namespace Guestclock.Lab.Guests;

/// <summary>The virtual machine of a guest, as QEMU's command line.</summary>
internal static class QemuOptions
{
    /// <summary>The longest path of a unix socket (<c>sun_path</c>, unix(7)), in bytes.</summary>
    public const int MaxSocketPath = 107;

    /// <param name="folder">Where QEMU puts its sockets and the console's text.</param>
    public static IEnumerable<string> For(GuestVariant variant, Accelerator accelerator, string folder, GuestBoot boot) =>
    [
        "-accel", accelerator.Name, "-cpu", accelerator.CpuModel,
        "-machine", "pc", "-m", $"{variant.MemoryMebibytes}", "-smp", $"{variant.Cpus}",
        "-nodefaults", "-no-user-config", "-no-reboot", "-display", "none",
        "-rtc", $"base={RtcBase(variant.RtcBehind)},clock=host",
        "-kernel", boot.Kernel, "-initrd", boot.Initrd,
        "-append", $"console=ttyS0 quiet {variant.Parameters}".TrimEnd(),
        "-serial", $"file:{folder}/console",
        "-qmp", $"unix:{folder}/{GuestSockets.Control},server=on,wait=off",
        "-qmp", $"unix:{folder}/{GuestSockets.Qmp},server=on,wait=off",
        "-nic", "user,model=virtio-net-pci,ipv6=off",
        "-device", "virtio-serial-pci",
        .. Port(GuestSockets.Channel, "org.guestclock.lab.0", folder),
        .. variant.Agent ? Port(GuestSockets.Agent, "org.qemu.guest_agent.0", folder) : [],
        .. variant.Referee ? Port(GuestSockets.Referee, "org.qemu.guest_agent.1", folder) : [],
        .. variant.VmClock ? (string[])["-device", "vmclock"] : [],
        .. variant.PtpCard ? (string[])["-device", "igb,romfile="] : [],
        .. boot.Disk is { } disk ? (string[])["-drive", $"if=none,id=snapshots,format=qcow2,file={disk}"] : [],
    ];

    // The next whole second, because the guest, which reads whole seconds too, is up to a second behind its RTC.
    private static string RtcBase(TimeSpan behind) =>
        behind == TimeSpan.Zero ? "utc" : (DateTime.UtcNow - behind + TimeSpan.FromSeconds(1)).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    private static string[] Port(string id, string name, string folder) =>
    [
        "-chardev", $"socket,id={id},path={folder}/{id},server=on,wait=off",
        "-device", $"virtserialport,id={id}-port,chardev={id},name={name}",
    ];
}
