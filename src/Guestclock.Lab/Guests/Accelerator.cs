namespace Guestclock.Lab.Guests;

/// <summary>What runs a guest's instructions: KVM, or QEMU's own emulator TCG.</summary>
/// <param name="Name">As QEMU's <c>-accel</c> takes it: <c>kvm</c> or <c>tcg</c>.</param>
/// <param name="Reason">Why this one, as a clause for users.</param>
public sealed record Accelerator(string Name, string Reason)
{
    private const string Device = "/dev/kvm";

    /// <summary>Emulation: slow, but everywhere, and the same everywhere.</summary>
    public static Accelerator Emulation { get; } = new("tcg", "emulation was asked for");

    /// <summary>The CPU model that goes with it.</summary>
    internal string CpuModel => Name == "kvm" ? "host" : "max";

    /// <summary>
    /// KVM where it can run Linux guests, which takes a CPU that shows vmx or svm: a usable <c>/dev/kvm</c> alone does not tell, for a kernel
    /// was seen to hang there.
    /// </summary>
    public static Accelerator Choose() => Choose(File.ReadAllText("/proc/cpuinfo"), CanOpen);

    /// <param name="cpuInfo">The text of /proc/cpuinfo.</param>
    /// <param name="open">Tries the device; returns why it cannot be used, or null.</param>
    internal static Accelerator Choose(string cpuInfo, Func<string?> open)
    {
        var flag = cpuInfo.Split('\n').FirstOrDefault(line => line.StartsWith("flags", StringComparison.Ordinal))?
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(word => word is "vmx" or "svm");
        if (flag is null)
            return new("tcg", "this machine's CPU shows neither vmx nor svm");
        return open() is { } why ? new("tcg", why) : new("kvm", $"the CPU has {flag} and {Device} can be opened");
    }

    /// <summary>Emulation, after a guest did not come up under this one.</summary>
    internal static Accelerator After(Accelerator failed, TimeSpan limit) =>
        new("tcg", $"a guest was not up under {failed.Name} after {limit.TotalSeconds:0} s");

    private static string? CanOpen()
    {
        try
        {
            using var device = new FileStream(Device, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{Device} cannot be opened ({e.Message})";
        }
    }
}
