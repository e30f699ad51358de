namespace Guestclock.Testing;

/// <summary>Where the repository's own files are, for tests that hold its rules.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Guestclock.slnx")))
                return folder.FullName;
        }

        throw new InvalidOperationException("the tests must run inside the repository");
    }
}
