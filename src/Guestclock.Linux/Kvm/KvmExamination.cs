using Guestclock.Facts;
using Guestclock.Linux.Kvm.Calls;
using Guestclock.Linux.Kvm.Experiments;
using Guestclock.Linux.Kvm.Guests;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Linux.Kvm;

/// <summary>
/// What this host's KVM gives its guests: asked of the device, and seen by guests of a few instructions. It needs no image and no QEMU,
/// takes about two seconds, never throws for what KVM does, and leaves nothing behind. Who the host is says <see cref="KvmHost"/>.
/// </summary>
public static class KvmExamination
{
    private const int HyperVTime = 96;

    /// <param name="device">The path of KVM's device.</param>
    /// <param name="progress">Told what is done now, in a few words.</param>
    /// <param name="cancellation">Ends the examination within milliseconds; what was learnt is returned, the rest says that it was ended.</param>
    public static KvmEvidence Run(string device = KvmEvidence.DefaultDevice, KvmProbeOptions? options = null, IProgress<string>? progress = null,
        CancellationToken cancellation = default) =>
        Run(KvmCalls.Instance, device, options ?? new(), progress, cancellation);

    internal static KvmEvidence Run(IKvmCalls calls, string device, KvmProbeOptions options, IProgress<string>? progress,
        CancellationToken cancellation)
    {
        var attempts = new Attempts(device, options.TotalLimit, progress, cancellation);
        progress?.Report("asking KVM");
        var evidence = DeviceFacts.Read(calls, device);
        var system = attempts.Try("opening KVM", () => KvmSystem.Open(calls, device));
        using (system.Value)
        {
            evidence = evidence with { Cpuid = attempts.Try(system, "asking for CPUID", s => CpuidOffers.Read(s.Cpuid, s.Capability(HyperVTime) > 0)) };
            var bench = attempts.Try(system, "measuring this host's time stamp counter", s => Bench.Of(s, options, cancellation));
            return Experiment(evidence, attempts, bench, options);
        }
    }

    /// <summary>Rates take longest: they are begun first and ended last, and the other experiments fill the time between.</summary>
    private static KvmEvidence Experiment(KvmEvidence evidence, Attempts attempts, Fact<Bench> bench, KvmProbeOptions options)
    {
        var rate = attempts.Try(bench, "reading the clock for its rate", b => new Rate(b));
        using var begunRate = rate.Value;
        var rates = attempts.Try(bench, "asking for TSC rates", b => new TscRates(b));
        using var begunRates = rates.Value;
        var begun = System.Diagnostics.Stopwatch.GetTimestamp();
        evidence = evidence with
        {
            Pages = attempts.Try(bench, "reading the structures of vCPUs", ClockPages.Run),
            WallClock = attempts.Try(bench, "reading the wall clock", WallClock.Run),
            TscOffset = attempts.Try(bench, "setting a TSC offset", TscOffset.Run),
            Warp = attempts.Try(bench, "comparing the clocks of vCPUs", b => Warp.Run(b)),
            Stop = attempts.Try(bench, "stopping a guest", Stop.Run),
            RestoreWithRealtime = attempts.Try(bench, "restoring a clock with realtime", b => Restore.Run(b, true)),
            RestoreWithoutRealtime = attempts.Try(bench, "restoring a clock without realtime", b => Restore.Run(b, false)),
            ClockPairing = attempts.Try(bench, "asking for a clock pair", ClockPairing.Run),
        };
        return evidence with
        {
            Rate = attempts.Try(rate, "measuring rates", r =>
            {
                bench.Value!.Sleep(options.RateSpan - System.Diagnostics.Stopwatch.GetElapsedTime(begun));
                return r.Finish();
            }),
            TscRates = attempts.Try(rates, "measuring TSC rates", r => r.Finish()),
        };
    }
}
