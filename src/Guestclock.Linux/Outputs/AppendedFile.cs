using System.Runtime.InteropServices;
using System.Text;
using Guestclock.Linux.Native;
using Guestclock.Machines;
using Microsoft.Win32.SafeHandles;

namespace Guestclock.Linux.Outputs;

/// <summary>A regular file to which lines are added, each by one write(2), so that it is on its way to the disk when this process is killed.</summary>
public sealed class AppendedFile : IDisposable
{
    private const uint Mode = 0x1A4; // 0644, less the umask

    private readonly SafeFileHandle _handle;

    private AppendedFile(SafeFileHandle handle) => _handle = handle;

    public long Length => RandomAccess.GetLength(_handle);

    /// <summary>Opens it, or makes an empty one.</summary>
    /// <exception cref="IOException">It is no regular file, or may not be written.</exception>
    public static AppendedFile Open(string path)
    {
        // Opening a device may do something, so it is looked at before.
        if (FileStatus.Get(LibC.WorkingDirectory, path, true, out var status) == 0 && status.Kind != EntryKind.File)
            throw new IOException($"it is {FileStatus.Describe(status.Kind)}, not a regular file");
        int descriptor;
        do
            descriptor = LibC.CreateAt(LibC.WorkingDirectory, path, OpenFlags.Append, Mode);
        while (descriptor < 0 && Errno.Last == Errno.Interrupted);
        if (descriptor < 0)
            throw new IOException(Marshal.GetPInvokeErrorMessage(Errno.Last));
        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        if (FileStatus.Get(descriptor, "", true, out status) == 0 && status.Kind == EntryKind.File)
            return new(handle);
        handle.Dispose();
        throw new IOException("it is not a regular file");
    }

    /// <summary>Its first characters.</summary>
    public string Start(int characters)
    {
        var bytes = new byte[characters];
        return Encoding.UTF8.GetString(bytes, 0, RandomAccess.Read(_handle, bytes, 0));
    }

    /// <summary>Whether its last line has its line feed; an empty file has no last line.</summary>
    public bool EndsALine()
    {
        var last = new byte[1];
        return Length is var length && (length == 0 || (RandomAccess.Read(_handle, last, length - 1) == 1 && last[0] == (byte)'\n'));
    }

    /// <summary>Adds the text and a line feed.</summary>
    /// <exception cref="IOException">There is no room, for example; a part of it may have been written.</exception>
    public unsafe void AppendLine(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text + "\n");
        for (var done = 0; done < bytes.Length;)
        {
            nint got;
            fixed (byte* at = &bytes[done])
                got = LibC.Write((int)_handle.DangerousGetHandle(), at, bytes.Length - done);
            if (got <= 0 && Errno.Last != Errno.Interrupted)
                throw new IOException(Marshal.GetPInvokeErrorMessage(Errno.Last));
            done += (int)Math.Max(0, got);
        }
    }

    public void Dispose() => _handle.Dispose();
}
