namespace Guestclock.Lab.Guests.Image;

/// <summary>Which kernel modules need which (<c>modules.dep</c>, see depmod.d(5) and modules.dep(5)).</summary>
internal sealed class ModuleIndex
{
    private readonly Dictionary<string, string[]> _pathsByName = new(StringComparer.Ordinal);

    private ModuleIndex()
    {
    }

    /// <summary>Reads lines such as <c>kernel/net/a.ko.xz: kernel/net/b.ko.xz</c>.</summary>
    public static ModuleIndex Read(string file)
    {
        var index = new ModuleIndex();
        foreach (var line in File.ReadLines(file))
        {
            var paths = line.Replace(':', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries);
            index._pathsByName[NameOf(paths[0])] = paths;
        }
        return index;
    }

    /// <summary>The files of the named modules and of all they need; a module that is built in or does not exist has none.</summary>
    public IEnumerable<string> WithDependencies(IEnumerable<string> names) =>
        names.SelectMany(name => _pathsByName.GetValueOrDefault(name, [])).Distinct(StringComparer.Ordinal);

    private static string NameOf(string path)
    {
        var file = Path.GetFileName(path);
        return file[..file.IndexOf(".ko", StringComparison.Ordinal)].Replace('-', '_');
    }
}
