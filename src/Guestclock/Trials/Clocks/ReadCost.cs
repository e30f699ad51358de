using System.Globalization;
using Guestclock.Checks;
using Guestclock.Trials.Clocks.Evidence;

namespace Guestclock.Trials.Clocks;

/// <summary><c>read-cost</c>: what programs pay for the time, and whether the vDSO answers or the kernel is entered.</summary>
public sealed class ReadCost : ClockTrial
{
    private static readonly string[] Main = ["CLOCK_REALTIME", "CLOCK_MONOTONIC"];

    public override string Id => "read-cost";

    public override string Title => "Reading the clock is cheap";

    public override ClockParts Needs => ClockParts.Costs;

    public override TrialFinding Judge(ClocksEvidence evidence, Policy policy)
    {
        if (Dearest(evidence, c => c.Ns) is not { } clock)
            return TrialFinding.Unknown("what a read of the clock costs is not known", "no clock was read for long enough");
        var cost = clock.Cost!;
        var isCall = evidence.EmptySystemCallNs.TryGet(out var empty) ? cost.IsSystemCall(empty) : null;
        List<Figure> figures = [new("cost", cost.Ns, "ns")];
        if (cost.SystemCallNs is { } call)
            figures.Add(new("cost-of-system-call", call, "ns"));
        var how = isCall switch { true => "by a system call", false => "by the vDSO", null => "in a way that could not be told" };
        var summary = $"a read of {clock.Name} costs {Ns(cost.Ns)}, {how}";
        if (cost.Ns > policy.ReadCostWarning.Value)
        {
            return TrialFinding.Warning(summary, [.. figures]) with
            {
                Reason = $"more than {policy.ReadCostWarning}",
                Means = new("programs that stamp often (databases, tracing, logs) are slowed down; "
                    + (isCall == true ? "a clock source that the vDSO reads (tsc, kvm-clock) is many times faster" : "the counter itself is dear: the hypervisor emulates it")),
            };
        }

        return isCall == true
            ? TrialFinding.Info(summary, [.. figures]) with { Means = new("the clock source cannot be read without the kernel; tsc and kvm-clock can") }
            : TrialFinding.Pass(summary, [.. figures]);
    }

    /// <summary>CLOCK_REALTIME or CLOCK_MONOTONIC, whichever costs more.</summary>
    internal static ClockReading? Dearest(ClocksEvidence evidence, Func<CostReading, double?> of) =>
        evidence.Clocks.Where(c => Main.Contains(c.Name) && c.Cost is { } cost && of(cost) is not null).MaxBy(c => of(c.Cost!));

    internal static string Ns(double ns) => ns.ToString(ns < 100 ? "0.#" : "0", CultureInfo.InvariantCulture) + " ns";
}
