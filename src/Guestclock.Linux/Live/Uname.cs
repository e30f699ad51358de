using System.Runtime.InteropServices;
using System.Text;
using Guestclock.Facts;
using Guestclock.Linux.Native;
using Guestclock.Machines;

namespace Guestclock.Linux.Live;

/// <summary><see cref="Questions.Uname"/> by uname(2).</summary>
public sealed class Uname : IAnswerer
{
    // struct utsname of sys/utsname.h on Linux: six arrays of 65 bytes, in this order, the last one domainname.
    private const int FieldBytes = 65;
    private static readonly string[] Fields = ["sysname", "nodename", "release", "version", "machine"];

    public bool Answers(string name) => name == Questions.Uname;

    public unsafe Fact<byte[]> Answer(Question question)
    {
        var names = stackalloc byte[6 * FieldBytes];
        if (LibC.Uname(names) != 0)
            return Errno.ToFact<byte[]>(Errno.Last, "uname", "", question.Name);
        var answer = new AnswerText();
        for (var i = 0; i < Fields.Length; i++)
            answer.Add(Fields[i], Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(names + (i * FieldBytes))));
        return answer.ToFact(question.Name);
    }
}
