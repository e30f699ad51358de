using Guestclock.Facts;
using Guestclock.Linux.Live;
using Guestclock.Machines;
using Guestclock.Measuring;
using Guestclock.Protocols.Chrony;

namespace Guestclock.Linux.References;

/// <summary>What chronyd says of the system clock. A chronyd that goes away is asked again at the next reading.</summary>
public sealed class ChronyReference : IReference
{
    private const string Method = "chronyd's own estimate (tracking): between its updates it is an extrapolation";

    private readonly Func<ChronyTransport> _open;

    /// <summary>The chronyd of this machine.</summary>
    public ChronyReference()
        : this(() => new ChronyTransport())
    {
    }

    internal ChronyReference(Func<ChronyTransport> open) => _open = open;

    public MeasuredPair Pair { get; private set; } = new("system clock", "chrony", Method,
        ["chronyd steers the clock that it is asked of: an error that its sources share is not seen"]);

    public TimeSpan LeastInterval => TimeSpan.FromSeconds(1);

    public Task<OffsetReading> ReadAsync(CancellationToken cancellationToken) => Task.Run(Read, CancellationToken.None);

    public void Dispose()
    {
    }

    private OffsetReading Read()
    {
        using var chrony = _open();
        var question = new Question(Questions.ChronyPrefix + "tracking", TrackingMessage.Request());
        var before = ClockTriples.Read();
        var answer = chrony.Answer(question);
        var span = new ClockSpan(before, ClockTriples.Read());
        var tracking = answer.Then(TrackingMessage.Decode);
        if (!tracking.TryGet(out var known))
            return OffsetReading.None(tracking.State == FactState.Malformed ? $"the answer of chronyd is malformed: {tracking.Why}" : tracking.Why!);
        var reading = ChronyJudge.Judge(known, span);
        if (reading.Sample is not null)
            Pair = Pair with { Reference = ChronyJudge.Source(known) };
        return reading;
    }
}
