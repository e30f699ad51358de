using Guestclock.Facts;
using Guestclock.Linux.Native;
using Guestclock.Machines;

namespace Guestclock.Linux.Live;

/// <summary><see cref="Questions.Adjtimex"/> by adjtimex(2) with modes 0, which only reads.</summary>
public sealed class Adjtimex : IAnswerer
{
    // struct timex of linux/timex.h on 64-bit Linux.
    internal const int TimexBytes = 208;

    internal static readonly (string Name, int Offset)[] Longs =
    [
        ("offset", 8), ("freq", 16), ("maxerror", 24), ("esterror", 32), ("constant", 48), ("precision", 56), ("tolerance", 64),
        ("time.tv_sec", 72), ("time.tv_usec", 80), ("tick", 88), ("ppsfreq", 96), ("jitter", 104), ("stabil", 120), ("jitcnt", 128),
        ("calcnt", 136), ("errcnt", 144), ("stbcnt", 152),
    ];

    internal static readonly (string Name, int Offset)[] Ints = [("modes", 0), ("status", 40), ("shift", 112), ("tai", 160)];

    public bool Answers(string name) => name == Questions.Adjtimex;

    public unsafe Fact<byte[]> Answer(Question question)
    {
        if (!Environment.Is64BitProcess)
            return Fact.Unknown<byte[]>(FactState.Unsupported, question.Name, "struct timex is known of 64-bit Linux only");
        var timex = stackalloc byte[TimexBytes];
        new Span<byte>(timex, TimexBytes).Clear();
        var state = LibC.Adjtimex(timex);
        if (state < 0)
            return Errno.ToFact<byte[]>(Errno.Last, "adjtimex", "", question.Name);
        var answer = new AnswerText().Add("state", state);
        foreach (var (name, offset) in Ints)
            answer.Add(name, *(int*)(timex + offset));
        foreach (var (name, offset) in Longs)
            answer.Add(name, *(long*)(timex + offset));
        return answer.ToFact(question.Name);
    }
}
