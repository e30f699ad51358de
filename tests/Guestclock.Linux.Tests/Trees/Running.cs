using System.Buffers.Binary;
using System.Text;
using Guestclock.Machines;

namespace Guestclock.Linux.Tests.Trees;

/// <summary>What a disk becomes when its kernel runs: /proc, /sys, /dev and what the kernel answers.</summary>
internal static class Running
{
    /// <summary>Some time in 2026; every clock of a sound machine agrees with it.</summary>
    public const long NowNs = 1_795_000_000_000_000_000;

    private const string Source = "/sys/devices/system/clocksource/clocksource0";

    /// <summary>Runs the kernel of the disk on x86.</summary>
    /// <param name="flags">Flags of each CPU besides the usual ones.</param>
    /// <param name="signature">The hypervisor's name in CPUID; empty: hardware.</param>
    public static Tree On(this Tree tree, string flags, string signature, string current, string available) => tree.Runs()
        .Answer(Questions.Uname, $"sysname=Linux\nrelease={tree.Kernel}\nversion=#1 SMP\nmachine={tree.Architecture}\nnodename=some\n")
        .Answer(Questions.User, "euid=0\n")
        .Answer(Questions.Clocks, $"realtimeNs={NowNs}\nmonotonicNs=864000000000000\nboottimeNs=864000000000000\n"
            + "realtimeResolutionNs=1\nmonotonicResolutionNs=1\n")
        .Answer(Questions.KernelLog, $"complete=yes\n0.000000 Linux version {tree.Kernel} (build@some) #1 SMP\n"
            + $"0.000000 Command line: {BootLine(tree)}\n")
        .Answer(Questions.Processes, "")
        .With(t => t.Architecture == "aarch64" ? t : t.Answer(Questions.Cpuid, Cpuid(signature)))
        .Kernel(synchronised: true)
        .ClockSource(current, available)
        .Cpus(flags)
        .File("/proc/cmdline", BootLine(tree) + "\n")
        .File("/proc/2/comm", "kthreadd\n")
        .File("/proc/modules", "virtio_net 73728 0 - Live 0x0000000000000000\n")
        .File("/proc/stat", "cpu  90000 0 30000 9000000 4000 0 900 450 0 0\ncpu0 1\n")
        .Rtc();

    public static Tree ClockSource(this Tree tree, string current, string available) =>
        tree.File($"{Source}/current_clocksource", current + "\n").File($"{Source}/available_clocksource", available + " \n");

    public static Tree Cpus(this Tree tree, string flags)
    {
        var text = new StringBuilder();
        for (var i = 0; i < 2; i++)
        {
            text.Append(tree.Architecture == "aarch64"
                ? $"processor\t: {i}\nBogoMIPS\t: 243.75\nFeatures\t: fp asimd evtstrm aes crc32 atomics cpuid\nCPU implementer\t: 0x41\n"
                    + "CPU architecture: 8\nCPU variant\t: 0x3\nCPU part\t: 0xd0c\nCPU revision\t: 1\n\n"
                : $"processor\t: {i}\nvendor_id\t: GenuineIntel\ncpu family\t: 6\nmodel\t\t: 106\n"
                    + "model name\t: Intel Xeon Processor (Icelake)\nstepping\t: 0\nmicrocode\t: 0x1\ncpu MHz\t\t: 2596.120\n"
                    + $"flags\t\t: fpu vme de pse tsc msr pae mce cx8 apic sep nopl rep_good cpuid pni sse4_2 x2apic {flags}\n\n");
        }

        return tree.File("/proc/cpuinfo", text.ToString());
    }

    /// <summary>Lines of the kernel log, without their time.</summary>
    public static Tree Log(this Tree tree, params string[] lines) =>
        tree.AppendAnswer(Questions.KernelLog, string.Concat(lines.Select((l, i) => $"{1 + i}.000000 {l}\n")));

    public static Tree Dmi(this Tree tree, string vendor, string product) =>
        tree.File("/sys/class/dmi/id/sys_vendor", vendor + "\n").File("/sys/class/dmi/id/product_name", product + "\n");

    /// <summary>adjtimex: as a time service leaves it, or as it is after boot.</summary>
    public static Tree Kernel(this Tree tree, bool synchronised) => tree.Answer(Questions.Adjtimex, synchronised
        ? "state=0\nmodes=0\noffset=0\nfreq=-278528\nmaxerror=5500\nesterror=120\nstatus=8192\ntai=37\n"
        : "state=5\nmodes=0\noffset=0\nfreq=0\nmaxerror=16000000\nesterror=16000000\nstatus=64\ntai=0\n");

    public static Tree Rtc(this Tree tree, long aheadNs = 0) => tree
        .File("/sys/class/rtc/rtc0/name", "rtc_cmos rtc_cmos\n").File("/sys/class/rtc/rtc0/hctosys", "1\n")
        .Special("/dev/rtc0", EntryKind.CharacterDevice)
        .Answer(Questions.RtcPrefix + "rtc0", $"rtcUnixNs={NowNs + aheadNs}\nsystemUnixNs={NowNs}\nboundNs=500000000\n");

    public static Tree Process(this Tree tree, int pid, string command, params string[] arguments) =>
        tree.AppendAnswer(Questions.Processes, $"{pid}\t{command}\t{string.Join('\t', arguments)}\n");

    /// <summary>chronyd runs and hears four servers of its pool.</summary>
    public static Tree Chronyd(this Tree tree) => tree.Process(812, "chronyd", "/usr/sbin/chronyd", "-F", "1")
        .ChronyHears(new Heard("192.0.2.1"), new Heard("192.0.2.2", 4), new Heard("192.0.2.3", 4), new Heard("192.0.2.4", 4));

    /// <summary>systemd-timesyncd runs and has set the clock.</summary>
    public static Tree TimesyncdRuns(this Tree tree) => tree
        .Process(412, "systemd-timesyn", "/usr/lib/systemd/systemd-timesyncd")
        .File("/run/systemd/timesync/synchronized", "")
        .Answer(Questions.Adjtimex, "state=0\nmodes=0\noffset=-52000\nfreq=-278528\nmaxerror=350000\nesterror=0\nstatus=8193\ntai=0\n");

    /// <summary>ntpd runs and has set the clock.</summary>
    public static Tree NtpdRuns(this Tree tree) => tree.Process(1502, "ntpd", "/usr/sbin/ntpd", "-u", "ntp:ntp", "-p",
        "/var/run/ntpd.pid", "-g")
        .Answer(Questions.Adjtimex, "state=0\nmodes=0\noffset=412000\nfreq=-278528\nmaxerror=480000\nesterror=900\nstatus=8193\ntai=0\n");

    public static Tree WithoutChronyAnswers(this Tree tree) => tree.NoAnswer(Questions.ChronyPrefix + "tracking")
        .NoAnswer(Questions.ChronyPrefix + "n_sources").NoAnswer(Questions.ChronyPrefix + "activity");

    public static Tree AgentRuns(this Tree tree, string program = "/usr/bin/qemu-ga") => tree
        .Process(700, "qemu-ga", program, "--method=virtio-serial", "--path=/dev/virtio-ports/org.qemu.guest_agent.0").AgentChannel();

    public static Tree AgentChannel(this Tree tree) => tree.Special("/dev/vport1p1", EntryKind.CharacterDevice)
        .Link("/dev/virtio-ports/org.qemu.guest_agent.0", "../vport1p1")
        .File("/sys/class/virtio-ports/vport1p1/name", "org.qemu.guest_agent.0\n");

    /// <summary>A PTP clock, with the link that udev makes for it.</summary>
    public static Tree Ptp(this Tree tree, string clockName, string? stableName, long aheadNs = 250, int number = 0)
    {
        if (stableName is not null)
            tree.Link($"/dev/{stableName}", $"ptp{number}");
        return tree.File($"/sys/class/ptp/ptp{number}/clock_name", clockName + "\n")
            .Special($"/dev/ptp{number}", EntryKind.CharacterDevice)
            .Answer($"{Questions.PtpPrefix}ptp{number}",
                $"caps.maxAdjustPpb=0\ncaps.crossTimestamping=1\nmethod=precise\nsamples=1\n"
                    + $"s0={NowNs},{NowNs + aheadNs + 40},{NowNs + 80}\n");
    }

    /// <summary>The clock of KVM: its module is loaded, now and at boot, and chrony follows it.</summary>
    public static Tree PtpKvm(this Tree tree, string chronyConf) => tree.Ptp("KVM virtual PTP", "ptp_kvm")
        .File("/proc/modules", "ptp_kvm 12288 1 - Live 0x0000000000000000\nptp 45056 1 ptp_kvm, Live 0x0000000000000000\n")
        .File("/etc/modules-load.d/ptp_kvm.conf", "ptp_kvm\n")
        .Append(chronyConf, "refclock PHC /dev/ptp_kvm poll 2 dpoll -2 offset 0 stratum 2\n")
        .ChronyHears(new Heard("PHC0", OffsetS: 2.5e-7, ErrorS: 1e-6), new Heard("192.0.2.1", 5), new Heard("192.0.2.2", 5));

    /// <summary>The argument that GRUB puts first, and those of the disk's boot entry.</summary>
    private static string BootLine(Tree tree) => $"BOOT_IMAGE=/boot/vmlinuz-{tree.Kernel} {tree.CommandLine}".TrimEnd();

    private static string Cpuid(string signature)
    {
        if (signature.Length == 0)
            return "00000001.00000000=00050654 16400800 7ffefbff bfebfbff\n";
        var name = new byte[12];
        Encoding.ASCII.GetBytes(signature, name);
        return "00000001.00000000=00a10f11 00020800 f7fa3203 178bfbff\n40000000.00000000=40000001 "
            + string.Join(' ', Enumerable.Range(0, 3).Select(i => BinaryPrimitives.ReadUInt32LittleEndian(name.AsSpan(4 * i))
            .ToString("x8")))
            + "\n40000001.00000000=01007efb 00000000 00000000 00000000\n";
    }
}
