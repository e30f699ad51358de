namespace Guestclock.Tests.Fixes.Boot;

/// <summary>Menus of GRUB legacy besides those of BootSamples, shortened where nothing depends on it; ids are made up.</summary>
internal static class LegacyMenus
{
    /// <summary>Debian 5, as its update-grub writes it, and a system beside it.</summary>
    public const string Debian5 = """
        # menu.lst - See: grub(8), info grub, update-grub(8)
        default		0
        timeout		5
        color cyan/blue white/blue

        ### BEGIN AUTOMAGIC KERNELS LIST
        ## lines between the AUTOMAGIC KERNELS LIST markers will be modified
        ## by the debian update-grub script except for the default options below

        ## DO NOT UNCOMMENT THEM, Just edit them to your needs

        ## ## Start Default Options ##
        ## e.g. kopt=root=/dev/hda1 ro
        ##      kopt_2_6_8=root=/dev/hdc1 ro
        # kopt=root=/dev/hda1 ro no-kvmclock

        ## e.g. groot=(hd0,0)
        # groot=(hd0,0)

        ## e.g. defoptions=vga=791 resume=/dev/hda5
        # defoptions=quiet

        ## Xen Linux kernel options to use with the default Xen boot option
        # xenkopt=console=tty0

        ## altoption boot targets option
        # altoptions=(single-user mode) single

        # memtest86=true

        ## ## End Default Options ##

        title		Debian GNU/Linux, kernel 2.6.26-2-amd64
        root		(hd0,0)
        kernel		/boot/vmlinuz-2.6.26-2-amd64 root=/dev/hda1 ro no-kvmclock quiet
        initrd		/boot/initrd.img-2.6.26-2-amd64

        title		Debian GNU/Linux, kernel 2.6.26-2-amd64 (single-user mode)
        root		(hd0,0)
        kernel		/boot/vmlinuz-2.6.26-2-amd64 root=/dev/hda1 ro no-kvmclock single
        initrd		/boot/initrd.img-2.6.26-2-amd64

        title		Debian GNU/Linux, kernel memtest86+
        root		(hd0,0)
        kernel		/boot/memtest86+.bin

        ### END DEBIAN AUTOMAGIC KERNELS LIST

        title		Other operating systems:
        root

        title		Microsoft Windows XP Professional
        rootnoverify	(hd0,1)
        chainloader	+1

        title		Ubuntu, kernel 2.6.17-10-generic (on /dev/sda3)
        root		(hd0,2)
        kernel		/boot/vmlinuz-2.6.17-10-generic root=/dev/sda3 ro no-kvmclock quiet splash

        """;

    /// <summary>SLES 11 with a Xen host entry, as perl-Bootloader writes it.</summary>
    public const string Sles11Xen = """
        # Modified by YaST2. Last modification on Mon Jan  9 12:00:00 CET 2017
        default 0
        timeout 8

        ###Don't change this comment - YaST2 identifier: Original name: linux###
        title SUSE Linux Enterprise Server 11 SP4 - 3.0.101-63
            root (hd0,1)
            kernel /boot/vmlinuz-3.0.101-63-default root=/dev/vda2 no-kvmclock splash=silent showopts
            initrd /boot/initrd-3.0.101-63-default

        ###Don't change this comment - YaST2 identifier: Original name: failsafe###
        title Failsafe -- SUSE Linux Enterprise Server 11 SP4 - 3.0.101-63
            root (hd0,1)
            kernel /boot/vmlinuz-3.0.101-63-default root=/dev/vda2 no-kvmclock showopts ide=nodma nohz=off x11failsafe
            initrd /boot/initrd-3.0.101-63-default

        ###Don't change this comment - YaST2 identifier: Original name: xen###
        title Xen -- SUSE Linux Enterprise Server 11 SP4 - 3.0.101-63
            root (hd0,1)
            kernel /boot/xen.gz
            module /boot/vmlinuz-3.0.101-63-xen root=/dev/vda2 no-kvmclock splash=silent showopts
            module /boot/initrd-3.0.101-63-xen

        """;

    public const string Sles11Template = "## Path: System/Bootloader\nLOADER_TYPE=\"grub\"\nDEFAULT_APPEND=\"no-kvmclock splash=silent showopts\"\n"
        + "FAILSAFE_APPEND=\"no-kvmclock showopts ide=nodma nohz=off x11failsafe\"\nXEN_KERNEL_APPEND=\"no-kvmclock splash=silent showopts\"\nXEN_APPEND=\"\"\n";
}
