namespace Guestclock.Fixes.Services;

/// <summary>The links of one script in a run level's folder: <c>S58ntpd</c> starts it, <c>K74ntpd</c> stops it.</summary>
internal static class RunLevel
{
    /// <param name="root">The folder above <c>rc3.d</c>.</param>
    public static List<RunLevelLink> Of(Draft files, string root, int level, string name) =>
        [.. files.List(Folder(root, level)).Select(n => RunLevelLink.Parse(n)).OfType<RunLevelLink>().Where(l => l.Script == name)];

    /// <summary>Leaves exactly one link: one that starts the script, or stops it.</summary>
    /// <param name="number">0 to 99.</param>
    public static void Set(FixContext context, string root, int level, string name, bool start, int number, string why)
    {
        var wanted = new RunLevelLink(start, number, name);
        // chkconfig and update-rc.d leave a link of the right kind where it is, whatever its number.
        if (Of(context.Files, root, level, name) is [var there] && there.IsStart == start)
            return;
        Clear(context, root, level, name, why);
        context.Link($"{Folder(root, level)}/{wanted.Text}", $"../init.d/{name}", why);
    }

    public static void Clear(FixContext context, string root, int level, string name, string why)
    {
        foreach (var link in Of(context.Files, root, level, name))
            context.Link($"{Folder(root, level)}/{link.Text}", null, why);
    }

    private static string Folder(string root, int level) => $"{root}/rc{level}.d";
}

/// <summary>The name of a link in a run level.</summary>
internal sealed record RunLevelLink(bool IsStart, int Number, string Script)
{
    public string Text => $"{(IsStart ? 'S' : 'K')}{Number:00}{Script}";

    public static RunLevelLink? Parse(string name) =>
        name.Length > 3 && name[0] is 'S' or 'K' && char.IsAsciiDigit(name[1]) && char.IsAsciiDigit(name[2])
            ? new(name[0] == 'S', ((name[1] - '0') * 10) + name[2] - '0', name[3..]) : null;
}
