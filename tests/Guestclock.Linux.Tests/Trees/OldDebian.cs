namespace Guestclock.Linux.Tests.Trees;

/// <summary>Debian 4 and 5 and Ubuntu 8.04 to 9.04: GRUB legacy with a menu that update-grub writes from comments in it.</summary>
internal static class OldDebian
{
    public const string Menu = "/boot/grub/menu.lst";

    /// <param name="name">Debian 4, Debian 5, Ubuntu 8.04 or Ubuntu 9.04.</param>
    public static Tree Release(string name)
    {
        var (kernel, system) = name switch
        {
            "Debian 4" => ("2.6.18-6-amd64", "Debian GNU/Linux"),
            "Debian 5" => ("2.6.26-2-amd64", "Debian GNU/Linux"),
            "Ubuntu 8.04" => ("2.6.24-29-server", "Ubuntu 8.04.4 LTS"),
            _ => ("2.6.28-19-server", "Ubuntu 9.04"),
        };
        var isUbuntu = name.StartsWith("Ubuntu", StringComparison.Ordinal);
        var recovery = isUbuntu ? "recovery mode" : "single-user mode";
        var tree = new Tree(name) { Kernel = kernel, CommandLine = isUbuntu ? "root=UUID=878a6980 ro quiet splash" : "root=/dev/vda1 ro quiet" };
        var root = tree.CommandLine.Split(" quiet")[0];
        var options = tree.CommandLine[(root.Length + 1)..];
        tree.File("/bin/true", Parts.Elf("x86_64")).Modules("/lib/modules", "").Program("/sbin/hwclock")
            .File("/etc/debian_version", name switch { "Debian 4" => "4.0\n", "Debian 5" => "5.0.10\n", _ => "lenny/sid\n" })
            .Program("/usr/sbin/ntpd").Program("/etc/init.d/ntp").Link("/etc/rc2.d/S23ntp", "../init.d/ntp")
            .File("/etc/ntp.conf", "tinker panic 0\nserver 0.debian.pool.ntp.org iburst\nserver 1.debian.pool.ntp.org iburst\n");
        if (isUbuntu)
            tree.File("/etc/lsb-release", $"DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE={name[7..]}\nDISTRIB_DESCRIPTION=\"{system}\"\n");
        return tree.File(Menu, $"""
            # menu.lst - See: grub(8), info grub, update-grub(8)
            default		0
            timeout		5
            hiddenmenu

            ### BEGIN AUTOMAGIC KERNELS LIST
            ## lines between the AUTOMAGIC KERNELS LIST markers will be modified
            ## by the debian update-grub script except for the default options below

            ## DO NOT UNCOMMENT THEM, Just edit them to your needs

            ## ## Start Default Options ##
            ## e.g. kopt=root=/dev/hda1 ro
            ##      kopt_2_6_8=root=/dev/hdc1 ro
            # kopt={root}

            ## e.g. defoptions=vga=791 resume=/dev/hda5
            # defoptions={options}

            ## e.g. altoptions=(recovery) single
            # altoptions=({recovery}) single

            ## ## End Default Options ##

            title		{system}, kernel {kernel}
            root		(hd0,0)
            kernel		/boot/vmlinuz-{kernel} {tree.CommandLine}
            initrd		/boot/initrd.img-{kernel}
            quiet

            title		{system}, kernel {kernel} ({recovery})
            root		(hd0,0)
            kernel		/boot/vmlinuz-{kernel} {root} single
            initrd		/boot/initrd.img-{kernel}

            title		{system}, memtest86+
            root		(hd0,0)
            kernel		/boot/memtest86+.bin
            quiet

            ### END DEBIAN AUTOMAGIC KERNELS LIST

            """);
    }
}
