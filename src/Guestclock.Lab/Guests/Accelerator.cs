namespace Guestclock.Lab.Guests;

/// <summary>What runs a guest's instructions: KVM, or QEMU's own emulator TCG.</summary>
/// <param name="Name">As QEMU's <c>-accel</c> takes it: <c>kvm</c> or <c>tcg</c>.</param>
/// <param name="Reason">Why this one, as a clause for users.</param>
public sealed record Accelerator(string Name, string Reason)
{
    private const string Device = "/dev/kvm";
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(30);

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

    /// <summary>As <see cref="Choose()"/>, and where that says KVM a guest has come up under it; else emulation, and why.</summary>
    /// <exception cref="LabException">QEMU or a package is missing.</exception>
    public static async Task<Accelerator> ChooseAsync(IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var choice = Choose();
        if (choice.Name != "kvm")
            return choice;
        try
        {
            var launch = new GuestLaunch { Accelerator = choice, Progress = progress };
            await using var guest = await GuestMachine.StartAsync(new("kvm-probe", GuestKernel.Linux61), launch, ProbeLimit, cancellationToken);
            return choice;
        }
        catch (Exception e) when (e is TimeoutException or LabException)
        {
            return new("tcg", $"{choice.Reason}, but no guest came up under it ({e.Message.Split('\n')[0]})");
        }
    }

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
