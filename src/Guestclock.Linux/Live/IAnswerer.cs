using Guestclock.Facts;
using Guestclock.Machines;

namespace Guestclock.Linux.Live;

/// <summary>
/// Answers questions of one kind on the running machine: a system call, an ioctl, a socket. It never throws for what the machine does,
/// waits no longer than its bound, and may be asked from several threads at once.
/// </summary>
public interface IAnswerer
{
    /// <summary>True when questions of this name are its own.</summary>
    bool Answers(string name);

    /// <summary>The answer in the form that <see cref="Questions"/> gives; the fact's source is the question's name.</summary>
    Fact<byte[]> Answer(Question question);
}
