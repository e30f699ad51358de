using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Guestclock.Linux.Native;

namespace Guestclock.Linux.Fixing.Programs;

/// <summary>Runs a program to its end, or to its limit.</summary>
internal static class ProgramRunner
{
    private const int Terminate = 15;
    private const int Kill = 9;
    private const int PollMs = 20;
    private const int MostOutputBytes = 64 << 10;
    private const int QuotedCharacters = 300;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <param name="line">As one would type it, for sentences.</param>
    /// <exception cref="FixEngineException">It could not be started, failed, or took too long.</exception>
    public static void Run(string path, IReadOnlyList<string> arguments, string line, int limitS, int lockDescriptor)
    {
        var errno = SpawnedProgram.Start(path, arguments, lockDescriptor, out var program);
        if (errno != 0)
            throw new FixEngineException($"{line} cannot be started: {Marshal.GetPInvokeErrorMessage(errno)}");
        using (program)
        {
            var output = new MemoryStream();
            var status = Wait(program!, output, TimeSpan.FromSeconds(limitS));
            if (status is null)
            {
                program!.Signal(Terminate);
                if (Wait(program, output, Patience) is null)
                {
                    program.Signal(Kill);
                    _ = Wait(program, output, Patience);
                }

                throw new FixEngineException($"{line} did not end within {limitS} s, and was ended{Quote(output)}");
            }

            // Of waitpid(2): the exit code in the second byte, a signal in the first.
            if (status != 0)
                throw new FixEngineException((status & 0x7F) == 0 ? $"{line} failed (exit code {status >> 8 & 0xFF}){Quote(output)}"
                    : $"{line} was ended by signal {status & 0x7F}{Quote(output)}");
        }
    }

    /// <summary>A program that it started may keep its output open: its own end counts.</summary>
    private static unsafe int? Wait(SpawnedProgram program, MemoryStream output, TimeSpan limit)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            var status = program.Poll();
            var isOpen = Drain(program.Output, output);
            if (status is not null || Stopwatch.GetElapsedTime(start) > limit)
                return status;
            _ = Descriptors.Wait(isOpen ? program.Output : -1, Descriptors.ReadyToRead, PollMs);
        }
    }

    /// <summary>The first bytes are kept, the rest is read too so that it can go on; false: it is closed.</summary>
    private static unsafe bool Drain(int descriptor, MemoryStream output)
    {
        var buffer = stackalloc byte[4096];
        for (var i = 0; i < 256; i++)
        {
            var got = LibC.Read(descriptor, buffer, 4096);
            if (got <= 0)
                return got < 0;
            if (output.Length < MostOutputBytes)
                output.Write(new(buffer, (int)got));
        }

        return true;
    }

    private static string Quote(MemoryStream output)
    {
        var text = new StringBuilder();
        foreach (var c in Encoding.UTF8.GetString(output.ToArray()).Trim())
            text.Append(c == '\n' ? " / " : char.IsControl(c) ? " " : c.ToString());
        return text.Length == 0 ? "" : text.Length <= QuotedCharacters ? $": {text}" : $": … {text.ToString(text.Length - QuotedCharacters, QuotedCharacters)}";
    }
}
