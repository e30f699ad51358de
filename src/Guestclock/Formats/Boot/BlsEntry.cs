namespace Guestclock.Formats.Boot;

/// <summary>
/// An entry of the Boot Loader Specification, type 1 (UAPI.1): lines of a key and its value; <c>options</c> may stand several times.
/// </summary>
/// <param name="Linux">The kernel's path; empty for an entry that starts something else.</param>
/// <param name="Options">All options lines in order; variables such as <c>$kernelopts</c> as they are written.</param>
public sealed record BlsEntry(string Title, string Version, string SortKey, string Linux, string Options)
{
    public static BlsEntry Parse(string text)
    {
        string title = "", version = "", sortKey = "", linux = "";
        var options = new List<string>();
        foreach (var (_, line) in LoaderLines.Of(text, joins: false))
        {
            var (key, value) = LoaderLines.Split(line);
            switch (key)
            {
                case "title":
                    title = value;
                    break;
                case "version":
                    version = value;
                    break;
                case "sort-key":
                    sortKey = value;
                    break;
                case "linux":
                    linux = value;
                    break;
                case "options":
                    options.Add(value);
                    break;
            }
        }

        return new(title, version, sortKey, linux, string.Join(' ', options));
    }
}
