namespace Guestclock.EndToEnd.Guests;

/// <summary>Files of this repository that guests need.</summary>
internal static class RepositoryFiles
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root => field ??= FindRoot();

    /// <summary>The published program: <c>$GUESTCLOCK_BINARY</c>, else <c>dist/guestclock</c>, which <c>./publish</c> makes.</summary>
    /// <exception cref="GuestUnavailableException">It was not published.</exception>
    public static string Binary
    {
        get
        {
            if (Environment.GetEnvironmentVariable("GUESTCLOCK_BINARY") is not { Length: > 0 } path)
                path = Path.Combine(Root, "dist", "guestclock");
            return File.Exists(path) ? path : throw new GuestUnavailableException($"{path} is missing: run ./publish first");
        }
    }

    /// <summary>The path of a file in <c>tests/guests</c>.</summary>
    public static string Guest(string name) => Path.Combine(Root, "tests", "guests", name);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Guestclock.slnx")))
                return folder.FullName;
        }
        throw new GuestUnavailableException($"{AppContext.BaseDirectory} is not inside the repository, so tests/guests cannot be found");
    }
}
