using Guestclock.Linux.Native;

namespace Guestclock.Linux.Fixing.Calls;

/// <summary>An open directory below the root: names in it are looked up from here, whatever becomes of its path.</summary>
/// <param name="path">Below the root, for sentences only.</param>
internal sealed class Folder(int descriptor, string path) : IDisposable
{
    public int Descriptor => descriptor;

    public string Path => path;

    public string At(string name) => path == "/" ? "/" + name : $"{path}/{name}";

    /// <summary>A name in it for calls that take no directory: through the descriptor, so that it is the same one.</summary>
    public string ProcPath(string name) => $"/proc/self/fd/{descriptor}/{name}";

    public void Dispose() => _ = LibC.Close(descriptor);
}
