namespace Guestclock.Linux.Tests.Trees;

/// <summary>SLES 11 (SysV, ntpd, GRUB legacy), SLES 12 (ntpd), SLES 15 and openSUSE (chrony).</summary>
internal static class Suse
{
    public const string Chrony = "/etc/chrony.conf";

    private const string Ntp = "tinker panic 0\nserver 127.127.1.0\nfudge 127.127.1.0 stratum 10\nserver 0.suse.pool.ntp.org iburst\n"
        + "server 1.suse.pool.ntp.org iburst\nserver 2.suse.pool.ntp.org iburst\ndriftfile /var/lib/ntp/drift/ntp.drift\n"
        + "logfile /var/log/ntp\n";

    public static Tree Sles11()
    {
        var tree = new Tree("SLES 11 SP4")
        {
            Kernel = "3.0.101-108.13-default",
            CommandLine = "root=/dev/vda2 resume=/dev/vda1 splash=silent crashkernel= showopts"
        };
        return tree.File("/bin/true", Parts.Elf("x86_64")).Modules("/lib/modules", "").Program("/sbin/hwclock")
            .File("/etc/SuSE-release", "SUSE Linux Enterprise Server 11 (x86_64)\nVERSION = 11\nPATCHLEVEL = 4\n")
            .Program("/usr/sbin/ntpd").Program("/etc/init.d/ntp").Link("/etc/rc.d", "init.d")
            .Link("/etc/init.d/rc3.d/S06ntp", "../ntp").Link("/etc/init.d/rc5.d/S06ntp", "../ntp")
            .File("/etc/ntp.conf", Ntp).File("/etc/sysconfig/ntp", "NTPD_OPTIONS=\"-g -u ntp:ntp\"\nNTPD_RUN_CHROOTED=\"yes\"\n")
            .File("/boot/grub/menu.lst", "# Modified by YaST2\ndefault 0\ntimeout 8\n\n"
            + "###Don't change this comment - YaST2 identifier: Original name: linux###\n"
                + $"title SUSE Linux Enterprise Server 11 SP4\n    root (hd0,1)\n"
                + $"    kernel /boot/vmlinuz-{tree.Kernel} {tree.CommandLine}\n    initrd /boot/initrd-{tree.Kernel}\n\n"
                + $"title Failsafe -- SUSE Linux Enterprise Server 11 SP4\n    root (hd0,1)\n"
                + $"    kernel /boot/vmlinuz-{tree.Kernel} root=/dev/vda2 showopts noresume nohz=off highres=off "
                + $"processor.max_cstate=1 x11failsafe\n    initrd /boot/initrd-{tree.Kernel}\n")
            .File("/etc/sysconfig/bootloader", "LOADER_TYPE=\"grub\"\n"
            + "DEFAULT_APPEND=\"resume=/dev/vda1 splash=silent crashkernel= showopts\"\n")
            .File("/etc/sysconfig/kernel", "MODULES_LOADED_ON_BOOT=\"\"\n");
    }

    public static Tree Sles12()
    {
        var tree = new Tree("SLES 12 SP5")
        {
            Kernel = "4.12.14-122.228-default",
            CommandLine = "root=UUID=2f0c3a8b resume=/dev/vda1 splash=silent quiet showopts"
        };
        return tree.File("/bin/true", Parts.Elf("x86_64")).Modules("/lib/modules").Link("/sbin/hwclock", "/usr/sbin/hwclock")
            .Program("/usr/sbin/hwclock")
            .File("/etc/os-release", "NAME=\"SLES\"\nVERSION=\"12-SP5\"\nVERSION_ID=\"12.5\"\n"
            + "PRETTY_NAME=\"SUSE Linux Enterprise Server 12 SP5\"\nID=\"sles\"\n")
            .Service("ntpd", "/usr/sbin/ntpd").File("/etc/ntp.conf", Ntp)
            .File("/etc/sysconfig/ntp", "NTPD_OPTIONS=\"-g -u ntp:ntp\"\n").Grub2("/boot/grub2");
    }

    /// <summary>SLES 15, openSUSE Leap 15 or Tumbleweed: chrony with its pool in a file of its own.</summary>
    public static Tree Modern(string name)
    {
        var (id, version, kernel) = name switch
        {
            "SLES 15 SP6" => ("sles", "15.6", "6.4.0-150600.23.42-default"),
            "openSUSE Leap 15.6" => ("opensuse-leap", "15.6", "6.4.0-150600.23.42-default"),
            _ => ("opensuse-tumbleweed", "20260101", "6.17.5-1-default"),
        };
        var tree = new Tree(name) { Kernel = kernel, CommandLine = "root=UUID=2f0c3a8b ro splash=silent mitigations=auto quiet" };
        return tree.Merged().Modules().Program("/usr/sbin/hwclock")
            .File("/usr/lib/os-release", $"NAME=\"{name}\"\nID=\"{id}\"\nID_LIKE=\"suse opensuse\"\nVERSION_ID=\"{version}\"\n"
            + "PRETTY_NAME=\"{name}\"\n")
            .Link("/etc/os-release", "../usr/lib/os-release")
            .Service("chronyd", "/usr/sbin/chronyd").File("/etc/sysconfig/chronyd", "OPTIONS=\"\"\n")
            .File(Chrony, "driftfile /var/lib/chrony/drift\nmakestep 1.0 3\nrtcsync\nkeyfile /etc/chrony.keys\nntsdumpdir /var/lib/chrony\n"
                + "leapsectz right/UTC\nlogdir /var/log/chrony\n\n"
                + "# Also include any directives found in configuration files in /etc/chrony.d\n"
                + "include /etc/chrony.d/*.conf\n")
            .File("/etc/chrony.d/pool.conf", "pool 2.opensuse.pool.ntp.org iburst\n")
            .Grub2("/boot/grub2");
    }
}
