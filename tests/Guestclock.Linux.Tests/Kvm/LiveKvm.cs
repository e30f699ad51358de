using Guestclock.Linux.Kvm;
using Guestclock.Linux.Kvm.Calls;
using Guestclock.Linux.Kvm.Experiments;
using Guestclock.Linux.Kvm.Guests;

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
        test(Bench.Of(system, options, cancellation));
    }

    /// <summary>Descriptors of KVM, mappings of vCPUs and of guests' memory, and threads of vCPUs; the kernel ends a thread a little after it was joined.</summary>
    internal static (int Descriptors, int Mappings, int Threads) Left()
    {
        SpinWait.SpinUntil(() => Threads() == 0, TimeSpan.FromSeconds(10));
        return (
            Directory.GetFileSystemEntries("/proc/self/fd").Count(f => new FileInfo(f).LinkTarget is { } target && (target == Device || target.StartsWith("anon_inode:kvm", StringComparison.Ordinal))),
            File.ReadLines("/proc/self/maps").Count(l => l.Contains("anon_inode:kvm", StringComparison.Ordinal) || l.EndsWith("/dev/zero (deleted)", StringComparison.Ordinal)),
            Threads());
    }

    private static int Threads() => Directory.GetDirectories("/proc/self/task").Count(IsVcpu);

    private static bool IsVcpu(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).Trim() == "vcpu";
        }
        catch (IOException)
        {
            // It has just ended.
            return false;
        }
    }
}
