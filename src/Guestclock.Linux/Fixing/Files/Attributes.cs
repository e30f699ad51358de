using System.Text;
using Guestclock.Linux.Fixing.Calls;
using Guestclock.Linux.Native;

namespace Guestclock.Linux.Fixing.Files;

/// <summary>Extended attributes of a file or link, read whole.</summary>
internal static unsafe class Attributes
{
    public const string Label = "security.selinux";
    public const string AccessList = "system.posix_acl_access";

    // XATTR_LIST_MAX and XATTR_SIZE_MAX of linux/limits.h.
    private const int MostBytes = 64 << 10;

    /// <summary>What the kernel itself writes for a content (IMA, EVM): that of one is wrong for another.</summary>
    public static bool IsOfContent(string name) => name is "security.ima" or "security.evm";

    public static IReadOnlyDictionary<string, byte[]> OfFile(int descriptor, string path) => All(path,
        (at, size) => LibC.ListAttributes(descriptor, (byte*)at, size),
        (name, at, size) => LibC.GetAttribute(descriptor, name, (byte*)at, size));

    public static IReadOnlyDictionary<string, byte[]> OfLink(Folder folder, string name) => All(folder.At(name),
        (at, size) => LibC.ListAttributes(folder.ProcPath(name), (byte*)at, size),
        (attribute, at, size) => LibC.GetAttribute(folder.ProcPath(name), attribute, (byte*)at, size));

    /// <summary>One attribute of an open file; null where it has none.</summary>
    public static byte[]? Get(int descriptor, string name)
    {
        var buffer = new byte[MostBytes];
        fixed (byte* at = buffer)
            return LibC.GetAttribute(descriptor, name, at, MostBytes) is var length && length < 0 ? null : buffer[..(int)length];
    }

    private static Dictionary<string, byte[]> All(string path, Func<nint, int, nint> list, Func<string, nint, int, nint> get)
    {
        var all = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var buffer = new byte[MostBytes];
        fixed (byte* at = buffer)
        {
            var length = list((nint)at, MostBytes);
            if (length < 0)
                return IsNone(Errno.Last) ? all : throw Problem.Of(Errno.Last, "list the attributes of", path);
            foreach (var name in Encoding.UTF8.GetString(buffer, 0, (int)length).Split('\0', StringSplitOptions.RemoveEmptyEntries))
            {
                length = get(name, (nint)at, MostBytes);
                if (length >= 0)
                    all[name] = buffer[..(int)length];
                else if (!IsNone(Errno.Last))
                    throw Problem.Of(Errno.Last, $"read the attribute {name} of", path);
            }
        }

        return all;
    }

    /// <summary>The file system has none; or the attribute is gone; or, of a link, there is no /proc to ask through.</summary>
    private static bool IsNone(int errno) => errno is Errno.NotSupported or Errno.NoData or Errno.NoEntry or Errno.NoSystemCall;
}
