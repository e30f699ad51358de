using Guestclock.Linux.Native;

namespace Guestclock.Linux.Fixing.Calls;

/// <summary>Extended attributes.</summary>
internal sealed partial class ChangeCalls
{
    public unsafe void SetAttribute(int descriptor, string name, byte[] value, string path)
    {
        fixed (byte* at = value)
        {
            var start = (nint)at;
            Do($"set the attribute {name}", path, () => LibC.SetAttribute(descriptor, name, (byte*)start, value.Length, 0));
        }
    }

    public void RemoveAttribute(int descriptor, string name, string path) => Do($"remove the attribute {name}", path, () =>
        LibC.RemoveAttribute(descriptor, name) is var result && result < 0 && Errno.Last == Errno.NoData ? 0 : result);

    public unsafe void SetLinkAttribute(Folder folder, string name, string attribute, byte[] value)
    {
        fixed (byte* at = value)
        {
            var start = (nint)at;
            Do($"set the attribute {attribute}", folder.At(name),
                () => LibC.SetAttribute(folder.ProcPath(name), attribute, (byte*)start, value.Length, 0));
        }
    }
}
