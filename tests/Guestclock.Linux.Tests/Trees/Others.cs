namespace Guestclock.Linux.Tests.Trees;

/// <summary>Alpine (OpenRC, extlinux) and Arch (systemd-boot).</summary>
internal static class Others
{
    public static Tree Alpine()
    {
        var tree = new Tree("Alpine 3.22")
        {
            Kernel = "6.12.51-0-virt",
            CommandLine = "root=/dev/vda1 ro modules=sd-mod,usb-storage,ext4 console=ttyS0"
        };
        return tree.File("/bin/busybox", Parts.Elf("x86_64")).Link("/bin/true", "/bin/busybox").Link("/sbin/hwclock", "/bin/busybox")
            .File("/etc/os-release", "NAME=\"Alpine Linux\"\nID=alpine\nVERSION_ID=3.22.2\nPRETTY_NAME=\"Alpine Linux v3.22\"\n")
            .File("/etc/alpine-release", "3.22.2\n").Modules("/lib/modules")
            .Program("/usr/sbin/chronyd").Program("/etc/init.d/chronyd").Link("/etc/runlevels/default/chronyd", "/etc/init.d/chronyd")
            .File("/etc/chrony/chrony.conf", "# default config\n\npool pool.ntp.org iburst\ninitstepslew 10 pool.ntp.org\n"
                + "driftfile /var/lib/chrony/chrony.drift\nrtcsync\ncmdport 0\n")
            .File("/etc/update-extlinux.conf", $"default_kernel_opts=\"console=ttyS0\"\nroot=/dev/vda1\nmodules=sd-mod,usb-storage,ext4\n")
            .File("/boot/extlinux.conf", $"DEFAULT menu.c32\nPROMPT 0\nTIMEOUT 10\nLABEL virt\n  MENU LABEL Linux virt\n"
            + "  LINUX vmlinuz-virt\n"
                + $"  INITRD initramfs-virt\n  APPEND {tree.CommandLine}\n");
    }

    public static Tree Arch()
    {
        var tree = new Tree("Arch")
        {
            Kernel = "6.17.4-arch1-1",
            CommandLine = "root=UUID=d0d1 rw net.ifnames=0 console=tty0 console=ttyS0,115200"
        };
        return tree.Merged().Link("/usr/sbin", "bin").Modules().Program("/usr/bin/hwclock")
            .File("/usr/lib/os-release", "NAME=\"Arch Linux\"\nPRETTY_NAME=\"Arch Linux\"\nID=arch\nBUILD_ID=rolling\n")
            .Link("/etc/os-release", "../usr/lib/os-release").File("/etc/arch-release", "")
            .Timesyncd().File("/etc/systemd/timesyncd.conf", "[Time]\n#NTP=\n#FallbackNTP=0.arch.pool.ntp.org\n")
            .File("/boot/loader/loader.conf", "default arch.conf\ntimeout 3\n")
            .File("/boot/loader/entries/arch.conf", $"title Arch Linux\nlinux /vmlinuz-linux\ninitrd /initramfs-linux.img\n"
            + $"options {tree.CommandLine}\n");
    }
}
