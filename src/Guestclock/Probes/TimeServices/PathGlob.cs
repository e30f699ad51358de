using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Machines;

namespace Guestclock.Probes.TimeServices;

/// <summary>Expands a path with patterns in any component, as glob(3) does, below the machine's root.</summary>
internal static class PathGlob
{
    private const int MostPaths = 1000;

    /// <summary>The paths that match, sorted by ordinal; the state and reason of the first directory that could not be listed.</summary>
    public static Fact<IReadOnlyList<string>> Expand(IMachine machine, string pattern)
    {
        var paths = new List<string> { "" };
        IFact? failure = null;
        var components = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < components.Length; i++)
        {
            var next = new List<string>();
            foreach (var parent in paths)
            {
                if (next.Count >= MostPaths)
                    break;
                var failed = Children(machine, parent, components[i], next);
                failure ??= failed;
            }

            paths = next.Count > MostPaths ? next[..MostPaths] : next;
        }

        paths.RemoveAll(p => !machine.Exists(p));
        if (paths.Count == 0 && failure is not null)
            return Fact.Unknown<IReadOnlyList<string>>(failure.State, failure.Source, failure.Why!);
        paths.Sort(StringComparer.Ordinal);
        return Fact.Known<IReadOnlyList<string>>(paths, pattern);
    }

    private static IFact? Children(IMachine machine, string parent, string component, List<string> into)
    {
        if (!GlobPattern.IsPattern(component))
        {
            into.Add($"{parent}/{component}");
            return null;
        }

        var names = machine.List(parent.Length == 0 ? "/" : parent);
        foreach (var name in names.Or([]))
        {
            if (GlobPattern.Matches(component, name))
                into.Add($"{parent}/{name}");
        }

        return names.IsKnown ? null : names;
    }
}
