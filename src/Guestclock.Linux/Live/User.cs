using Guestclock.Facts;
using Guestclock.Linux.Native;
using Guestclock.Machines;

namespace Guestclock.Linux.Live;

/// <summary><see cref="Questions.User"/> by geteuid(2).</summary>
public sealed class User : IAnswerer
{
    public bool Answers(string name) => name == Questions.User;

    public Fact<byte[]> Answer(Question question) => new AnswerText().Add("euid", LibC.EffectiveUser()).ToFact(question.Name);
}
