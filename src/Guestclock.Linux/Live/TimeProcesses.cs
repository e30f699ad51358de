namespace Guestclock.Linux.Live;

/// <summary>Which processes matter, by the kernel's name for them (at most 15 bytes).</summary>
internal static class TimeProcesses
{
    /// <summary>Time services; what they do to the clock is judged.</summary>
    public static bool IsTimeService(string command) => command is
        "chronyd" or "ntpd" or "ntpd-rs" or "ntp-daemon" or "openntpd" or "systemd-timesyn"
        or "ptp4l" or "phc2sys" or "timemaster" or "ts2phc" or "sptp" or "clockbound";

    public static bool Matters(string command) => IsTimeService(command) || IsAgent(command) || IsHost(command);

    private static bool IsAgent(string command) => command is
        "qemu-ga" or "VBoxService" or "vmtoolsd" or "VGAuthService" or "hv_kvp_daemon" or "hypervkvpd" or "xe-daemon" or "prltoolsd";

    private static bool IsHost(string command) =>
        command.StartsWith("qemu-system-", StringComparison.Ordinal) || command is
        "qemu-kvm" or "kvm" or "firecracker" or "cloud-hyperviso" or "crosvm" or "libvirtd" or "virtqemud"
        or "virtxend" or "xenstored" or "oxenstored" or "xenconsoled" or "xl" or "tuned" or "cpuspeed";
}
