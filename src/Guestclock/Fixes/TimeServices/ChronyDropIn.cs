using Guestclock.Formats;
using Guestclock.Formats.Editing;
using Guestclock.Formats.TimeServices;

namespace Guestclock.Fixes.TimeServices;

/// <summary>
/// The file for directives of this program, in a directory that chrony's main file includes: <c>confdir /etc/chrony/conf.d</c> on Debian,
/// <c>include /etc/chrony.d/*.conf</c> on SUSE.
/// </summary>
internal sealed record ChronyDropIn(string File)
{
    private const string Name = "guestclock.conf";

    private const string Header = "# Written by 'guestclock fix'; 'guestclock rollback' takes it back.";

    private static readonly string[] Foreign = ["/run/", "/var/run/", "/usr/lib/", "/usr/share/", "/nix/", "/proc/", "/sys/", "/dev/", "/tmp/"];

    /// <summary>Null where the main file includes no directory that the administrator may fill.</summary>
    public static ChronyDropIn? Find(Draft files, string mainFile)
    {
        foreach (var line in ChronyConf.Parse(files.Text(mainFile) ?? "").Lines)
        {
            var folder = line.Name.ToLowerInvariant() switch
            {
                "confdir" => line.Words.FirstOrDefault(),
                "include" when line.Words.Count == 1 => FolderOf(line.Words[0]),
                _ => null,
            };
            if (folder is not null && folder.StartsWith('/') && files.IsDirectory(folder) && !IsForeign(files.Resolve(folder) + "/"))
                return new($"{folder.TrimEnd('/')}/{Name}");
        }

        return null;
    }

    /// <summary>Where files are written by packages and programs, or do not last.</summary>
    public static bool IsForeign(string path) => Foreign.Any(f => path.StartsWith(f, StringComparison.Ordinal));

    /// <summary>The file's text with one more directive.</summary>
    public string With(Draft files, string directive) => ChronyEditor.Append(files.Text(File) ?? Header + "\n", directive);

    private static string? FolderOf(string pattern)
    {
        var slash = pattern.LastIndexOf('/');
        return slash > 0 && GlobPattern.IsPattern(pattern[slash..]) && !GlobPattern.IsPattern(pattern[..slash]) && GlobPattern.Matches(pattern[(slash + 1)..], Name)
            ? pattern[..slash] : null;
    }
}
