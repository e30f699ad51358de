using System.Runtime.InteropServices;
using Guestclock.Linux.Native;

namespace Guestclock.Linux.Fixing.Programs;

/// <summary>
/// A program in a session of its own, started by posix_spawn(3): no shell, nothing of our environment, standard input empty, both outputs to one
/// pipe, and a locked file as descriptor 3, whose lock tells for as long as it runs that it does, also when we are gone.
/// </summary>
internal sealed unsafe class SpawnedProgram : IDisposable
{
    private const int NonBlockingCloseOnExec = 0x80800;

    // POSIX_SPAWN_SETSIGDEF, POSIX_SPAWN_SETSIGMASK and POSIX_SPAWN_SETSID, of spawn.h of glibc and musl.
    private const short Flags = 0x04 | 0x08 | 0x80;
    private const int SignalSetBytes = 128;
    private const int NoWait = 1;

    private static readonly string[] Environment = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C", "LC_ALL=C", "HOME=/", "TERM=dumb"];
    private bool _isOver;

    private SpawnedProgram(int process, int output) => (Process, Output) = (process, output);

    /// <summary>Also the number of its process group.</summary>
    public int Process { get; }

    /// <summary>What it prints; does not block.</summary>
    public int Output { get; }

    /// <returns>0 or the errno.</returns>
    public static int Start(string path, IReadOnlyList<string> arguments, int lockDescriptor, out SpawnedProgram? program)
    {
        program = null;
        var pipe = stackalloc int[2];
        if (LibC.MakePipe(pipe, NonBlockingCloseOnExec) != 0)
            return Errno.Last;
        var (output, input) = (pipe[0], pipe[1]);
        // The program's own end may block.
        _ = LibC.FileControl(input, 4, 0);
        var errno = Start(path, arguments, input, lockDescriptor, out var process);
        _ = LibC.Close(input);
        if (errno == 0)
            program = new(process, output);
        else
            _ = LibC.Close(output);
        return errno;
    }

    /// <summary>The status of waitpid(2); null: it runs.</summary>
    public int? Poll()
    {
        var result = LibC.WaitFor(Process, out var status, NoWait);
        if (result == 0 || (result < 0 && Errno.Last == Errno.Interrupted))
            return null;
        _isOver = true;
        return result < 0 ? -1 : status;
    }

    /// <summary>Ends it and what it has started.</summary>
    public void Signal(int signal)
    {
        if (!_isOver)
            _ = LibC.Kill(-Process, signal);
    }

    public void Dispose() => _ = LibC.Close(Output);

    private static int Start(string path, IReadOnlyList<string> arguments, int output, int lockDescriptor, out int process)
    {
        var attributes = stackalloc byte[LibC.SpawnRoom];
        var actions = stackalloc byte[LibC.SpawnRoom];
        var signals = stackalloc byte[SignalSetBytes];
        var argv = Texts([path, .. arguments]);
        var envp = Texts(Environment);
        _ = LibC.InitSpawn(attributes);
        _ = LibC.InitSpawnActions(actions);
        try
        {
            new Span<byte>(signals, SignalSetBytes).Clear();
            _ = LibC.SetSpawnSignalMask(attributes, signals);
            new Span<byte>(signals, SignalSetBytes).Fill(0xFF);
            _ = LibC.SetSpawnDefaultSignals(attributes, signals);
            _ = LibC.SetSpawnFlags(attributes, Flags);
            _ = LibC.AddSpawnOpen(actions, 0, "/dev/null", 0, 0);
            _ = LibC.AddSpawnDuplicate(actions, output, 1);
            _ = LibC.AddSpawnDuplicate(actions, output, 2);
            _ = LibC.AddSpawnDuplicate(actions, lockDescriptor, 3);
            return LibC.Spawn(out process, path, actions, attributes, argv, envp);
        }
        finally
        {
            _ = LibC.DestroySpawn(attributes);
            _ = LibC.DestroySpawnActions(actions);
            Free(argv);
            Free(envp);
        }
    }

    private static byte** Texts(IReadOnlyList<string> texts)
    {
        var array = (byte**)NativeMemory.AllocZeroed((nuint)texts.Count + 1, (nuint)sizeof(byte*));
        for (var i = 0; i < texts.Count; i++)
            array[i] = (byte*)Marshal.StringToCoTaskMemUTF8(texts[i]);
        return array;
    }

    private static void Free(byte** texts)
    {
        for (var at = texts; *at is not null; at++)
            Marshal.FreeCoTaskMem((nint)(*at));
        NativeMemory.Free(texts);
    }
}
