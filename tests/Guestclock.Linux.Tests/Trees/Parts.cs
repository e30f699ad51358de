namespace Guestclock.Linux.Tests.Trees;

/// <summary>Pieces that disks of several distributions share.</summary>
internal static class Parts
{
    /// <summary>The header of a program, which tells an image's architecture (elf(5)).</summary>
    public static byte[] Elf(string architecture)
    {
        var header = new byte[64];
        "\x7f"u8.CopyTo(header);
        "ELF"u8.CopyTo(header.AsSpan(1));
        (header[4], header[5], header[18]) = (architecture is "i686" or "i386" ? (byte)1 : (byte)2, 1, architecture switch
        {
            "x86_64" => (byte)62,
            "aarch64" => 183,
            _ => 3,
        });
        return header;
    }

    /// <summary>/bin, /lib and /sbin are links below /usr, as everywhere since about 2020.</summary>
    public static Tree Merged(this Tree tree) => tree.Link("/bin", "usr/bin").Link("/lib", "usr/lib").Link("/sbin", "usr/sbin")
        .File("/usr/bin/true", Elf(tree.Architecture)).File("/etc/adjtime", "0.0 0 0.0\n0\nUTC\n");

    /// <summary>The module folder of the kernel; <paramref name="ptpKvm"/> says how the kernel has the clock of KVM.</summary>
    public static Tree Modules(this Tree tree, string folder = "/usr/lib/modules", string ptpKvm = "m")
    {
        var (dep, builtIn) = ("kernel/drivers/net/virtio_net.ko:\nkernel/drivers/ptp/ptp.ko:\n", "kernel/drivers/rtc/rtc-cmos.ko\n");
        if (ptpKvm == "m")
            dep += "kernel/drivers/ptp/ptp_kvm.ko: kernel/drivers/ptp/ptp.ko\n";
        if (ptpKvm == "y")
            builtIn += "kernel/drivers/ptp/ptp_kvm.ko\n";
        return tree.File($"{folder}/{tree.Kernel}/modules.dep", dep).File($"{folder}/{tree.Kernel}/modules.builtin", builtIn);
    }

    /// <summary>A systemd service that is enabled by a link in a target's folder.</summary>
    public static Tree Service(this Tree tree, string unit, string program, string target = "multi-user.target", bool enabled = true)
    {
        tree.Program(program).File($"/usr/lib/systemd/system/{unit}.service",
            $"[Unit]\nDescription={unit}\n\n[Service]\nExecStart={program}\n\n[Install]\nWantedBy={target}\n");
        return enabled
            ? tree.Link($"/etc/systemd/system/{target}.wants/{unit}.service", $"/usr/lib/systemd/system/{unit}.service")
            : tree;
    }

    public static Tree Timesyncd(this Tree tree, bool enabled = true) =>
        tree.Service("systemd-timesyncd", "/usr/lib/systemd/systemd-timesyncd", "sysinit.target", enabled)
            .File("/etc/systemd/timesyncd.conf", "[Time]\n#NTP=\n#FallbackNTP=0.debian.pool.ntp.org 1.debian.pool.ntp.org\n"
            + "#RootDistanceMaxSec=5\n");

    /// <summary>A SysV script, started in run levels 3 and 5 by links in Red Hat's layout.</summary>
    public static Tree RedHatScript(this Tree tree, string name, string program, bool enabled = true)
    {
        tree.Program(program).File($"/etc/rc.d/init.d/{name}", $"#!/bin/bash\n#\n# {name}\tThis shell script takes care of starting and stopping it.\n#\n"
            + "# chkconfig: - 58 74\n# description: see its manual page\n\n# Source function library.\n. /etc/init.d/functions\n").Link("/etc/init.d", "rc.d/init.d").Link("/etc/rc3.d", "rc.d/rc3.d");
        foreach (var level in new[] { 3, 5 })
            tree.Link($"/etc/rc.d/rc{level}.d/{(enabled ? "S58" : "K74")}{name}", $"../init.d/{name}");
        return tree;
    }

    /// <summary>GRUB 2: grub.cfg with one entry and its recovery entry, and /etc/default/grub.</summary>
    public static Tree Grub2(this Tree tree, string folder = "/boot/grub", string linux = "linux", string recovery = "single")
    {
        var arguments = tree.CommandLine;
        tree.File("/etc/default/grub",
            $"GRUB_DEFAULT=0\nGRUB_TIMEOUT=5\nGRUB_CMDLINE_LINUX_DEFAULT=\"{After(arguments)}\"\nGRUB_CMDLINE_LINUX=\"\"\n");
        return tree.File($"{folder}/grub.cfg",
            "set default=\"0\"\n\nmenuentry 'Linux' --class os $menuentry_id_option 'gnulinux-simple' {\n\tload_video\n\tinsmod gzio\n"
            + $"\techo\t'Loading ...'\n\t{linux}\t/boot/vmlinuz-{tree.Kernel} {arguments}\n\tinitrd\t/boot/initrd.img-{tree.Kernel}\n}}\n"
            + "submenu 'Advanced options' {\n\tmenuentry 'Linux (recovery mode)' {\n"
            + $"\t\t{linux}\t/boot/vmlinuz-{tree.Kernel} root=/dev/vda1 ro {recovery}\n\t}}\n}}\n");
    }

    /// <summary>The QEMU guest agent with its unit.</summary>
    public static Tree Agent(this Tree tree, string program = "/usr/bin/qemu-ga", bool enabled = true) => tree
        .Service("qemu-guest-agent", program, "dev-virtio\\x2dports-org.qemu.guest_agent.0.device", enabled)
        .Program("/usr/sbin/hwclock");

    /// <summary>What stands behind root= and its flags in the arguments.</summary>
    private static string After(string arguments) =>
        string.Join(' ', arguments.Split(' ').Where(w => !w.StartsWith("root=", StringComparison.Ordinal) && w is not ("ro" or "rw")));
}
