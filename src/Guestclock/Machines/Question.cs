namespace Guestclock.Machines;

/// <summary>
/// A question to the machine that no file answers. Its name is frozen: a recording keeps the answer under it
/// (<c>.guestclock/answers/NAME</c>). The known names stand in <see cref="Questions"/>.
/// </summary>
/// <param name="Name">Path-like, lower case, for example <c>adjtimex</c> or <c>chrony/source_data/3</c>.</param>
/// <param name="Request">The bytes to send, for questions to a socket; empty for system calls.</param>
public sealed record Question(string Name, ReadOnlyMemory<byte> Request = default);

/// <summary>The questions, and the form of their answers. Text answers are lines <c>key=value</c> unless said otherwise.</summary>
public static class Questions
{
    /// <summary><c>sysname= release= version= machine= nodename=</c>, from uname(2).</summary>
    public const string Uname = "uname";

    /// <summary><c>euid=</c> of this process.</summary>
    public const string User = "user";

    /// <summary>adjtimex(2) with modes 0: <c>state=</c> (return value) and each field of struct timex by its C name, decimal.</summary>
    public const string Adjtimex = "adjtimex";

    /// <summary><c>realtimeNs= monotonicNs= boottimeNs= realtimeResolutionNs= monotonicResolutionNs=</c>, clock_gettime(2) and clock_getres(2).</summary>
    public const string Clocks = "clocks";

    /// <summary>One line a leaf: <c>LEAF.SUBLEAF=EAX EBX ECX EDX</c>, hexadecimal of 8 digits.</summary>
    public const string Cpuid = "cpuid";

    /// <summary>The kernel log, one line a message: <c>SECONDS.MICROSECONDS TEXT</c> of /dev/kmsg; first line <c>complete=yes|no</c>.</summary>
    public const string KernelLog = "kernel-log";

    /// <summary>Time services, guest agents and QEMU processes: <c>PID&lt;TAB&gt;COMM&lt;TAB&gt;ARG0&lt;TAB&gt;ARG1…</c>; of other processes nothing.</summary>
    public const string Processes = "processes";

    /// <summary>
    /// The KVM device: <c>api= cap.NUMBER= vcpu=1 tscKhz= fresh.flags= clock.clock= clock.flags= clock.realtime= clock.hostTsc=</c>;
    /// a call that failed: <c>error.CALL=ERRNO text</c>.
    /// </summary>
    public const string Kvm = "kvm";

    /// <summary>Prefix, followed by the device name (<c>ptp/ptp0</c>): readings against the system clock, in the form that PtpAnswer documents.</summary>
    public const string PtpPrefix = "ptp/";

    /// <summary>Prefix, followed by the device name (<c>vmclock/vmclock0</c>): the bytes of the page (vmclock-abi.h).</summary>
    public const string VmClockPrefix = "vmclock/";

    /// <summary>Prefix, followed by the device name (<c>rtc/rtc0</c>): <c>rtcUnixNs= systemUnixNs= boundNs=</c>.</summary>
    public const string RtcPrefix = "rtc/";

    /// <summary>Prefix, followed by the command's name (and index or address): a reply datagram of chronyd, whole.</summary>
    public const string ChronyPrefix = "chrony/";

    /// <summary>
    /// Prefix, followed by <c>HOST:PORT</c>: <c>t1Ns= t4Ns= address= request=HEX reply=HEX</c> of one NTP exchange, times of the local clock
    /// since the Unix epoch. The request of the question names all servers that will be asked, a line each, so that they are asked at once.
    /// </summary>
    public const string NtpPrefix = "ntp/";

    /// <summary>
    /// libvirt's domains through its library: for each a line <c>NAME&lt;TAB&gt;STATE&lt;TAB&gt;BYTES[&lt;TAB&gt;ERROR]</c>, then that
    /// many bytes of XML and a line end; the state <c>next-start</c> marks the other definition of the running domain before it.
    /// </summary>
    public const string LibvirtDomains = "libvirt/domains";

    /// <summary>
    /// Prefix, followed by a domain's name: the XML of its persistent definition with its secrets, for whoever changes it. No probe asks it, and no
    /// recording holds it.
    /// </summary>
    public const string LibvirtDefinitionPrefix = "libvirt/definition/";
}
