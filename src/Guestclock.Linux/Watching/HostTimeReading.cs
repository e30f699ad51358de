using System.Text;
using Guestclock.Discipline.Watch;
using Guestclock.Facts;
using Guestclock.Linux.Live;
using Guestclock.Machines;
using Guestclock.Probes;
using Guestclock.Protocols.Chrony;

namespace Guestclock.Linux.Watching;

/// <summary>What the host's time service and kernel say of its clock, for the judgement whether it may be spread.</summary>
/// <param name="Chrony">chronyd's tracking; not known where chronyd does not run.</param>
/// <param name="Kernel">adjtimex(2).</param>
public sealed record HostTimeReading(Fact<ChronyTracking> Chrony, Fact<KernelTime> Kernel)
{
    /// <summary>Asks both, each within its limit: a second in all for chronyd.</summary>
    public static HostTimeReading Read()
    {
        using var chrony = new ChronyTransport();
        return Read(chrony, new Adjtimex());
    }

    /// <summary>Whether the host's clock may be spread.</summary>
    /// <param name="realtimeNs">The host's CLOCK_REALTIME.</param>
    public HostSanity Judge(long realtimeNs) =>
        HostJudge.Judge(Chrony.TryGet(out var tracking) ? tracking : null, Kernel.TryGet(out var kernel) ? kernel : null, realtimeNs);

    internal static HostTimeReading Read(IAnswerer chrony, IAnswerer kernel) => new(
        chrony.Answer(new(Questions.ChronyPrefix + "tracking", TrackingMessage.Request())).Then(TrackingMessage.Decode),
        kernel.Answer(new(Questions.Adjtimex)).Then(b => ClockProbe.TimeOf(AnswerFields.Parse(Encoding.UTF8.GetString(b)))));
}
