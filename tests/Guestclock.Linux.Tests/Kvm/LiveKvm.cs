using Guestclock.Linux.Kvm;
using Guestclock.Linux.Kvm.Calls;
using Guestclock.Linux.Kvm.Experiments;
using Guestclock.Linux.Kvm.Guests;
using Guestclock.Linux.Kvm.Timing;

namespace Guestclock.Linux.Tests.Kvm;

/// <summary>Tests that run guests: one after the other, when the others have ended, for they count what KVM leaves behind.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LiveKvm
{
    public const string Name = "kvm";

    private const string Device = "/dev/kvm";

    /// <summary>As little as shows that everything works.</summary>
    internal static KvmProbeOptions Short { get; } = new()
    {
        WarpSpan = TimeSpan.FromMilliseconds(10),
        RateSpan = TimeSpan.Zero,
        Pause = TimeSpan.FromMilliseconds(2),
        HypercallLimit = TimeSpan.FromMilliseconds(10),
        RunLimit = TimeSpan.FromSeconds(20),
        TotalLimit = TimeSpan.FromMinutes(1),
        MostCpus = 2,
    };

    internal static void Need()
    {
        var device = KvmCalls.Instance.Open(Device);
        Assert.SkipUnless(device >= 0, $"needs a usable {Device}: {KvmException.NameOf(-device)}");
        KvmCalls.Instance.Close(device);
    }

    /// <summary>What an experiment works with; it is given back after the test.</summary>
    internal static void With(KvmProbeOptions options, Action<Bench> test, CancellationToken cancellation = default)
    {
        Need();
        using var system = KvmSystem.Open(KvmCalls.Instance, Device);
        test(new(system, HostTime.Measure(), HostCpus.Choose(CpuThread.AllowedCpus(), options.MostCpus), options, cancellation));
    }

    /// <summary>Descriptors of KVM, mappings of vCPUs and of guests' memory, and threads of vCPUs.</summary>
    internal static (int Descriptors, int Mappings, int Threads) Left() => (
        Directory.GetFileSystemEntries("/proc/self/fd").Count(f => new FileInfo(f).LinkTarget?.Contains("kvm", StringComparison.Ordinal) == true),
        File.ReadLines("/proc/self/maps").Count(l => l.Contains("kvm-vcpu", StringComparison.Ordinal) || l.EndsWith("/dev/zero (deleted)", StringComparison.Ordinal)),
        Directory.GetDirectories("/proc/self/task").Count(t => File.ReadAllText(Path.Combine(t, "comm")).Trim() == "vcpu"));
}
