namespace Guestclock.Formats.Boot;

/// <summary>
/// syslinux.cfg and extlinux.conf (Syslinux wiki, "SYSLINUX"): <c>LABEL</c> opens an entry, <c>LINUX</c> or <c>KERNEL</c> and
/// <c>APPEND</c> belong to it; an <c>APPEND</c> before all labels holds for entries without their own. Keywords know no case.
/// </summary>
public static class SyslinuxConf
{
    public static LoaderFile Parse(string text)
    {
        var entries = new List<LoaderEntry>();
        var includes = new List<string>();
        string? chosen = null, menuDefault = null, globalAppend = null;
        string? label = null, title = null, kernel = null, append = null;
        int line = 0, index = 0;

        void Close()
        {
            if (label is null)
                return;
            if (kernel is not null && LoaderLines.IsLinux(kernel))
            {
                LoaderLines.Limit(entries.Count);
                var arguments = append is "-" ? "" : append ?? globalAppend ?? "";
                entries.Add(new(line, title ?? label, kernel, arguments, [new(index, title ?? label, label)]));
            }

            index++;
            (label, title, kernel, append) = (null, null, null, null);
        }

        foreach (var (number, content) in LoaderLines.Of(text, joins: false))
        {
            var (word, rest) = LoaderLines.Split(content);
            switch (word.ToUpperInvariant())
            {
                case "LABEL":
                    Close();
                    label = rest;
                    break;
                case "LINUX" or "KERNEL":
                    (kernel, line) = (rest, number);
                    break;
                case "APPEND" when label is null:
                    globalAppend = rest;
                    break;
                case "APPEND":
                    append = rest;
                    break;
                case "DEFAULT" or "ONTIMEOUT":
                    chosen = rest;
                    break;
                case "INCLUDE":
                    includes.Add(rest);
                    break;
                case "MENU":
                    var (what, value) = LoaderLines.Split(rest);
                    if (LoaderLines.Is(what, "LABEL"))
                        title = value.Replace("^", "", StringComparison.Ordinal);
                    else if (LoaderLines.Is(what, "DEFAULT"))
                        menuDefault = label;
                    else if (LoaderLines.Is(what, "INCLUDE"))
                        includes.Add(LoaderLines.Split(value).Word);
                    break;
            }
        }

        Close();
        return new(entries, menuDefault ?? chosen, includes, []);
    }
}
