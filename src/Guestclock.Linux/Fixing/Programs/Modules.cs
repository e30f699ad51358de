using Guestclock.Linux.Fixing.Files;
using Guestclock.Linux.Native;

namespace Guestclock.Linux.Fixing.Programs;

/// <summary>Kernel modules by modprobe(8).</summary>
internal static class Modules
{
    public const string Program = "modprobe";
    public const int LimitS = 30;
    private const int MostCharacters = 64;

    /// <exception cref="FixEngineException">It is no name of a module.</exception>
    public static void Check(string name)
    {
        if (name.Length is 0 or > MostCharacters || name[0] == '-' || name.AsSpan().IndexOfAnyExcept(Characters) >= 0)
            throw new FixEngineException($"'{name}' is no name of a module");
    }

    /// <summary>In /sys/module a hyphen is an underscore.</summary>
    public static bool IsLoaded(FixRoot root, string name)
    {
        var path = $"sys/module/{name.Replace('-', '_')}";
        return FileStatus.Get(root.Descriptor, path, followLinks: false, out _) == 0;
    }

    private static readonly System.Buffers.SearchValues<char> Characters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
}
