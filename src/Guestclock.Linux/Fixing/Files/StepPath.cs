using System.Text;

namespace Guestclock.Linux.Fixing.Files;

/// <summary>A path of a step: absolute, plain names only.</summary>
internal readonly record struct StepPath(IReadOnlyList<string> Folders, string Name)
{
    private const int MostBytes = 4095;
    private const int MostNameBytes = 255;
    private const int Deepest = 100;

    /// <exception cref="FixEngineException">It is no such path.</exception>
    public static StepPath Of(string path)
    {
        var parts = path.Split('/');
        if (parts.Length is < 2 or > Deepest || parts[0].Length > 0 || Encoding.UTF8.GetByteCount(path) > MostBytes || !parts.Skip(1).All(IsName))
            throw new FixEngineException($"'{(path.Length > 200 ? path[..200] + "…" : path)}' is not a plain path from the root");
        return new(parts[1..^1], parts[^1]);
    }

    public static bool IsName(string name) =>
        name is not ("" or "." or "..") && !name.AsSpan().ContainsAny('/', '\0', '\uFFFD') && Encoding.UTF8.GetByteCount(name) <= MostNameBytes;

    /// <summary>The folder's path.</summary>
    public string Folder => "/" + string.Join('/', Folders);

    /// <summary>The path of the first folders.</summary>
    public string Prefix(int count) => "/" + string.Join('/', Folders.Take(count));
}
