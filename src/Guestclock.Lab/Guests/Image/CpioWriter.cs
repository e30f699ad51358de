using System.Globalization;
using System.Text;

namespace Guestclock.Lab.Guests.Image;

/// <summary>
/// Writes an initramfs: a cpio archive of format "newc" (Linux, Documentation/driver-api/early-userspace/buffer-format.rst).
/// </summary>
internal sealed class CpioWriter(Stream output)
{
    private const int TypeFolder = 0x4000; // S_IFDIR
    private const int TypeFile = 0x8000; // S_IFREG
    private const int TypeLink = 0xA000; // S_IFLNK
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);
    private long _position;
    private int _inode;

    /// <summary>Adds a file with the folders above it; a path that is there already stays as it was first written.</summary>
    /// <param name="path">Where it is in the guest, without the leading slash.</param>
    /// <returns>False: it was there already.</returns>
    public bool AddFile(string path, ReadOnlySpan<byte> content, bool executable = false) =>
        Add(path, TypeFile | (executable ? 0x1ED : 0x1A4), content); // 0755 or 0644

    /// <summary>Adds a text file that is not executable.</summary>
    public void AddText(string path, string text) => AddFile(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Adds a symbolic link.</summary>
    public void AddLink(string path, string target) => Add(path, TypeLink | 0x1FF, Encoding.UTF8.GetBytes(target));

    /// <summary>Adds an empty folder.</summary>
    public void AddFolder(string path) => Add(path, TypeFolder | 0x1ED, []);

    /// <summary>Writes the end mark.</summary>
    public void Finish() => Write("TRAILER!!!", 0, []);

    private bool Add(string path, int mode, ReadOnlySpan<byte> content)
    {
        if (_written.Contains(path))
            return false;
        if (Path.GetDirectoryName(path) is { Length: > 0 } parent)
            AddFolder(parent);
        _written.Add(path);
        Write(path, mode, content);
        return true;
    }

    private void Write(string path, int mode, ReadOnlySpan<byte> content)
    {
        var name = Encoding.UTF8.GetBytes(path + '\0');
        // Fields: inode, mode, uid, gid, links, mtime, size, device (2), special device (2), length of the name, checksum.
        long[] fields = [++_inode, mode, 0, 0, 1, 0, content.Length, 0, 0, 0, 0, name.Length, 0];
        var header = new StringBuilder("070701", 110);
        foreach (var field in fields)
            header.Append(CultureInfo.InvariantCulture, $"{field:X8}");
        Put(Encoding.ASCII.GetBytes(header.ToString()));
        Put(name);
        Align();
        Put(content);
        Align();
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        output.Write(bytes);
        _position += bytes.Length;
    }

    private void Align()
    {
        while (_position % 4 != 0)
            Put([0]);
    }
}
