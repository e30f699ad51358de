namespace Guestclock.Linux.Tests.Trees;

/// <summary>Debian and Ubuntu, with systemd-timesyncd as they ship or with chrony.</summary>
internal static class Debian
{
    public const string Chrony = "/etc/chrony/chrony.conf";

    /// <summary>A cloud image, which has systemd-timesyncd.</summary>
    public static Tree Release(int version)
    {
        var tree = new Tree($"Debian {version}")
        {
            Kernel = version switch { 10 => "4.19.0-27-cloud-amd64", 12 => "6.1.0-30-cloud-amd64", _ => "6.12.48+deb13-cloud-amd64" },
            CommandLine = "root=PARTUUID=5a4f1f3a-1bd5-4a0e-8e21-6bd6b3ec2a6f ro console=tty0 console=ttyS0,115200",
        };
        return tree.Merged().Modules()
            .File("/usr/lib/os-release", $"PRETTY_NAME=\"Debian GNU/Linux {version}\"\nNAME=\"Debian GNU/Linux\"\n"
            + "VERSION_ID=\"{version}\"\nID=debian\n")
            .Link("/etc/os-release", "../usr/lib/os-release").File("/etc/debian_version", $"{version}.9\n")
            .Timesyncd()
            .Grub2()
            .File("/etc/modules", "# /etc/modules is obsolete and has been replaced by /etc/modules-load.d/.\n");
    }

    /// <summary>The same with the package chrony, which takes the place of systemd-timesyncd.</summary>
    public static Tree WithChrony(int version)
    {
        var tree = Release(version).Called($"Debian {version} with chrony").ChronyPackage(version >= 13
            ? "leapseclist /usr/share/zoneinfo/leap-seconds.list" : "leapsectz right/UTC", "pool 2.debian.pool.ntp.org iburst\n");
        return version == 10
            ? tree.File("/usr/lib/systemd/system/systemd-timesyncd.service.d/disable-with-time-daemon.conf",
                "[Unit]\n# don't run timesyncd if we have another NTP daemon installed\nConditionFileIsExecutable=!/usr/sbin/ntpd\n"
                + "ConditionFileIsExecutable=!/usr/sbin/openntpd\nConditionFileIsExecutable=!/usr/sbin/chronyd\n"
                + "ConditionFileIsExecutable=!/usr/sbin/VBoxService\n")
            : tree.Without("/usr/lib/systemd/systemd-timesyncd").Without("/usr/lib/systemd/system/systemd-timesyncd.service")
                .Without("/etc/systemd/system/sysinit.target.wants/systemd-timesyncd.service");
    }

    /// <summary>An Ubuntu cloud image: systemd-timesyncd up to 25.04, chrony with its own pools since 25.10.</summary>
    public static Tree Ubuntu(string version)
    {
        var tree = new Tree($"Ubuntu {version}")
        {
            Kernel = version switch { "20.04" => "5.4.0-216-generic", "24.04" => "6.8.0-60-generic", _ => "6.17.0-5-generic" },
            CommandLine = "root=PARTUUID=1f2a4a3c-0c2f-4b6a-a5a6-8d7c56f0d0b3 ro console=tty1 console=ttyS0",
        };
        tree.Merged().Modules()
            .File("/usr/lib/os-release", $"PRETTY_NAME=\"Ubuntu {version} LTS\"\nNAME=\"Ubuntu\"\nVERSION_ID=\"{version}\"\nID=ubuntu\n"
            + "ID_LIKE=debian\n")
            .Link("/etc/os-release", "../usr/lib/os-release").File("/etc/debian_version", "trixie/sid\n")
            .File("/etc/lsb-release", $"DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE={version}\n")
            .Grub2()
            .File("/etc/default/grub", "GRUB_DEFAULT=0\nGRUB_TIMEOUT_STYLE=hidden\n"
            + "GRUB_DISTRIBUTOR=`lsb_release -i -s 2> /dev/null || echo Debian`\n"
                + "GRUB_CMDLINE_LINUX_DEFAULT=\"quiet splash\"\nGRUB_CMDLINE_LINUX=\"\"\n")
            .File("/etc/default/grub.d/50-cloudimg-settings.cfg",
                "# Cloud Image specific Grub settings for Generic Cloud Images\nGRUB_RECORDFAIL_TIMEOUT=0\nGRUB_TIMEOUT=0\n"
                + "GRUB_CMDLINE_LINUX_DEFAULT=\"console=tty1 console=ttyS0\"\nGRUB_TERMINAL=console\n");
        return version == "25.10"
            ? tree.ChronyPackage("leapseclist /usr/share/zoneinfo/leap-seconds.list", "")
                .File("/etc/chrony/sources.d/ubuntu-ntp-pools.sources",
                    "pool 1.ntp.ubuntu.com iburst maxsources 1 nts prefer\npool 2.ntp.ubuntu.com iburst maxsources 1 nts prefer\n"
                    + "pool ntp-bootstrap.ubuntu.com iburst maxsources 1 nts certset 1\n")
            : tree.Timesyncd().File("/etc/systemd/timesyncd.conf", "[Time]\n#NTP=\n#FallbackNTP=ntp.ubuntu.com\n");
    }

    private static Tree ChronyPackage(this Tree tree, string leap, string pool) => tree
        .Service("chrony", "/usr/sbin/chronyd").Link("/etc/systemd/system/chronyd.service", "/usr/lib/systemd/system/chrony.service")
        .File("/etc/default/chrony", "# This is a configuration file for /etc/init.d/chrony.service;\nDAEMON_OPTS=\"-F 1\"\n")
        .File("/etc/chrony/conf.d/README", "Put files here\n").File("/etc/chrony/sources.d/README", "Put files here\n")
        .File(Chrony, "# Include configuration files found in /etc/chrony/conf.d.\nconfdir /etc/chrony/conf.d\n\n" + pool
            + "\n# Use time sources from DHCP.\nsourcedir /run/chrony-dhcp\n\nsourcedir /etc/chrony/sources.d\n\n"
            + "keyfile /etc/chrony/chrony.keys\n"
            + "driftfile /var/lib/chrony/chrony.drift\nntsdumpdir /var/lib/chrony\n#log tracking measurements statistics\n"
            + "logdir /var/log/chrony\n"
            + $"maxupdateskew 100.0\nrtcsync\nmakestep 1 3\n{leap}\n");
}
