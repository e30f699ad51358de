namespace Guestclock.Linux.Tests.Trees;

/// <summary>RHEL and CentOS from 7 on, and Fedora: chrony, GRUB 2, from 8 on with Boot Loader Specification entries.</summary>
internal static class RedHat
{
    public const string Chrony = "/etc/chrony.conf";

    public static Tree Rhel(int major)
    {
        var (version, kernel) = major switch
        {
            7 => ("7.9", "3.10.0-1160.119.1.el7.x86_64"),
            8 => ("8.10", "4.18.0-553.27.1.el8_10.x86_64"),
            9 => ("9.6", "5.14.0-570.12.1.el9_6.x86_64"),
            _ => ("10.0", "6.12.0-55.9.1.el10_0.x86_64"),
        };
        var tree = new Tree($"RHEL {version}")
        {
            Kernel = kernel,
            CommandLine = "root=UUID=6b8f1c52 ro console=tty0 console=ttyS0,115200n8 no_timer_check net.ifnames=0 crashkernel=auto",
        };
        tree.Merged().Modules().File("/etc/os-release", $"NAME=\"Red Hat Enterprise Linux\"\nVERSION=\"{version}\"\nID=\"rhel\"\n"
            + "ID_LIKE=\"fedora\"\n"
            + $"VERSION_ID=\"{version}\"\nPRETTY_NAME=\"Red Hat Enterprise Linux {version}\"\n")
            .File("/etc/redhat-release", $"Red Hat Enterprise Linux release {version} (Name)\n")
            .Service("chronyd", "/usr/sbin/chronyd")
            .File("/etc/sysconfig/chronyd", "# Command-line options for chronyd\nOPTIONS=\"\"\n")
            .File(Chrony, ChronyConf(major, "rhel"))
            .Program("/usr/sbin/hwclock");
        return major switch
        {
            7 => tree.Grub2("/boot/grub2", "linux16").Link("/etc/grub2.cfg", "../boot/grub2/grub.cfg"),
            8 => tree.Bls("$kernelopts $tuned_params").GrubDefault()
                .File("/boot/grub2/grubenv", Environment($"saved_entry=5d8f-{kernel}\nkernelopts={tree.CommandLine} \nboot_success=0\n")),
            _ => tree.Bls(tree.CommandLine).GrubDefault()
                .File("/boot/grub2/grubenv", Environment($"saved_entry=5d8f-{kernel}\nboot_success=1\n"))
                .File("/etc/kernel/cmdline", tree.CommandLine + "\n"),
        };
    }

    public static Tree Fedora()
    {
        var tree = new Tree("Fedora 43 Cloud")
        {
            Kernel = "6.17.1-300.fc43.x86_64",
            CommandLine = "root=UUID=70f4e6ba rootflags=subvol=root ro no_timer_check console=tty1 console=ttyS0,115200n8",
        };
        return tree.Merged().Link("/usr/sbin", "bin").Modules()
            .File("/usr/lib/os-release", "NAME=\"Fedora Linux\"\nID=fedora\nVERSION_ID=43\n"
            + "PRETTY_NAME=\"Fedora Linux 43 (Cloud Edition)\"\n")
            .Link("/etc/os-release", "../usr/lib/os-release")
            .Service("chronyd", "/usr/bin/chronyd").Service("systemd-timesyncd", "/usr/lib/systemd/systemd-timesyncd", enabled: false)
            .File(Chrony, ChronyConf(10, "fedora"))
            .Program("/usr/bin/hwclock")
            .Bls(tree.CommandLine).File("/etc/kernel/cmdline", tree.CommandLine + "\n")
            .File("/boot/grub2/grubenv", Environment("boot_success=1\n"));
    }

    private static string ChronyConf(int major, string vendor) =>
        "# Use public servers from the pool.ntp.org project.\n"
        + (major == 7
            ? string.Concat(Enumerable.Range(0, 4).Select(i => $"server {i}.{vendor}.pool.ntp.org iburst\n"))
            : $"pool 2.{vendor}.pool.ntp.org iburst\n\n# Use NTP servers from DHCP.\nsourcedir /run/chrony-dhcp\n")
        + "\n# Record the rate at which the system clock gains/losses time.\ndriftfile /var/lib/chrony/drift\n\n"
        + "# Allow the system clock to be stepped in the first three updates\n# if its offset is larger than 1 second.\nmakestep 1.0 3\n\n"
        + "# Enable kernel synchronization of the real-time clock (RTC).\nrtcsync\n\n#hwtimestamp *\n#minsources 2\n"
        + $"keyfile /etc/chrony.keys\n{(major >= 9 ? "ntsdumpdir /var/lib/chrony\n" : "")}"
        + $"{(major >= 10 ? "leapseclist /usr/share/zoneinfo/leap-seconds.list" : "leapsectz right/UTC")}\nlogdir /var/log/chrony\n";

    private static Tree GrubDefault(this Tree tree) => tree.File("/etc/default/grub",
        "GRUB_TIMEOUT=1\nGRUB_DEFAULT=saved\nGRUB_DISABLE_SUBMENU=true\nGRUB_TERMINAL_OUTPUT=\"console\"\n"
        + "GRUB_CMDLINE_LINUX=\"console=tty0 console=ttyS0,115200n8 no_timer_check net.ifnames=0 crashkernel=auto\"\n"
        + "GRUB_DISABLE_RECOVERY=\"true\"\nGRUB_ENABLE_BLSCFG=true\n");

    private static Tree Bls(this Tree tree, string options) => tree
        .File($"/boot/loader/entries/5d8f-{tree.Kernel}.conf",
            $"title Linux ({tree.Kernel})\nversion {tree.Kernel}\nlinux /vmlinuz-{tree.Kernel}\ninitrd /initramfs-{tree.Kernel}.img\n"
            + $"options {options}\ngrub_users $grub_users\ngrub_arg --unrestricted\n")
        .File("/boot/loader/entries/5d8f-0-rescue.conf",
            $"title Linux (0-rescue-5d8f)\nversion 0-rescue-5d8f\nlinux /vmlinuz-0-rescue-5d8f\noptions {options}\n")
        .File("/boot/grub2/grub.cfg", "set pager=1\n\nif [ -f ${config_directory}/grubenv ]; then\n"
        + "  load_env -f ${config_directory}/grubenv\n"
            + "elif [ -s $prefix/grubenv ]; then\n  load_env\nfi\nif [ \"${next_entry}\" ] ; then\n   set default=\"${next_entry}\"\n"
            + "else\n   set default=\"${saved_entry}\"\nfi\ninsmod blscfg\nblscfg\n");

    private static string Environment(string text) => ("# GRUB Environment Block\n" + text).PadRight(1024, '#');
}
