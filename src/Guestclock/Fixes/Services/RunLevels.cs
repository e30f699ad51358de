namespace Guestclock.Fixes.Services;

/// <summary>OpenRC's run levels: folders of links to init scripts (rc-update(8)).</summary>
internal static class RunLevels
{
    public const string Root = "/etc/runlevels";

    public static void Change(FixContext context, string name, bool enable, string why)
    {
        var script = $"/etc/init.d/{name}";
        if (!context.Files.Exists(script))
            throw new FixRefusedException($"there is no init script {script}: install its package again");
        if (enable)
        {
            context.Link($"{Root}/default/{name}", script, why);
            return;
        }

        foreach (var level in context.Files.List(Root))
        {
            if (context.Files.Link($"{Root}/{level}/{name}") is not null)
                context.Link($"{Root}/{level}/{name}", null, why);
        }
    }
}
