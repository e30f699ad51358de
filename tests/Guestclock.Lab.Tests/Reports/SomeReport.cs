using Guestclock.Lab.Results;
using Guestclock.Lab.Tests.Results;

namespace Guestclock.Lab.Tests.Reports;

/// <summary>A small lab with one of everything that a report can show.</summary>
internal static class SomeReport
{
    private static readonly LabSetting Setting = new(
        "0.1.0", new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero), "guestclock lab --scenario all", "tcg", "this machine's CPU shows neither vmx nor svm", "6.1.0-50-amd64", "7.2.22")
    {
        ErrorNs = 20_000_000_000,
        ObserveNs = 20_000_000_000,
        PatienceNs = 900_000_000_000,
    };

    public static LabReport Create() => new(
        Setting,
        [
            new("pause", "nothing", [Run("nothing", 1, "-1:0.2 0.01:-20000 10:-20000 20:-20000.1")]),
            new("pause", "chrony-stock", [Run("chrony-stock", 1, "0.01:-20000 300:-20000 385:-20000 500:-10000 620:-50 640:0.5 650:0.05 660:0.02 670:-0.02 680:0.02 690:0.02", 690)]),
            new("pause", "domtime-sync", [Run("domtime-sync", 1, "0.01:-20000 0.5:139 20:139.2")]),
            new("pause", "agent-blind", [Run("agent-blind", 1, "0.01:-20000 0.03:-6.2 20:-6.3")]),
            new("pause", "sync",
            [
                Run("sync", 1, "0.01:-20000 0.05:-0.3 6:-0.31", 6, Claim(-0.31, 0.4, 1.2)),
                Run("sync", 2, "0.01:-20000 0.06:-2 1.5:0.4 6:0.4", 6, Claim(0.4, 0.35, 1.3)),
                Run("sync", 3, "0.01:-20000 0.046:-0.2±0.2 6:-0.25±0.2", 6, Claim(9, 0.35, 1.1)),
            ]),
            new("migrate", "sync", [new("migrate", "sync", 1) { Failure = "QEMU says that the migration failed" }]),
        ],
        [new("wrong-rtc", "domtime-sync", "the RTC that the guest would read is what is wrong")])
    {
        IsInterrupted = true,
    };

    private static MethodClaim Claim(double residualMs, double boundMs, double proofS) => new((long)(residualMs * 1e6), (long)(boundMs * 1e6), (long)(proofS * 1e9));

    private static RunResult Run(string method, int number, string samples, int watchedS = 20, MethodClaim? claim = null) => new("pause", method, number)
    {
        Samples = SamplesOf.Text(samples),
        WatchedNs = watchedS * 1_000_000_000L,
        Claim = claim ?? MethodClaim.Nothing,
    };
}
