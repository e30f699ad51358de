namespace Guestclock.Formats.Boot;

/// <summary>
/// grub.cfg of GRUB 2, as grub-mkconfig writes it: <c>menuentry</c> and <c>submenu</c> blocks with <c>linux</c>, <c>linux16</c> or
/// <c>linuxefi</c> lines; Xen entries have Linux as the first <c>module</c> after <c>multiboot</c>. Read, never executed: both
/// branches of an <c>if</c> count, and the first value of a variable that is not yet known is kept.
/// </summary>
public static class GrubCfg
{
    /// <param name="known">Variables of the environment block; they win over the file's own.</param>
    public static LoaderFile Parse(string text, IReadOnlyDictionary<string, string>? known = null)
    {
        var reader = new Reader(known);
        var lexer = new GrubScriptLexer(text, reader.Variables);
        var words = new List<string>();
        while (lexer.Next(words))
        {
            if (words[0] is "then" or "else" or "do")
                words.RemoveAt(0);
            if (words.Count > 0)
                reader.Statement(lexer.Line, words);
        }

        return reader.File();
    }

    private sealed class Reader
    {
        private const int MostNested = 64;

        private readonly List<LoaderEntry> _entries = [];
        private readonly List<string> _includes = [];
        private readonly Stack<MenuStep?> _blocks = new();
        private readonly List<int> _counters = [0];
        private string? _default;
        private bool _readsBls, _hypervisor, _hasLinux;

        public Reader(IReadOnlyDictionary<string, string>? known)
        {
            Variables = new(known ?? new Dictionary<string, string>(StringComparer.Ordinal), StringComparer.Ordinal);
            // These two choose the entry: they are looked up when it is known what the menu holds.
            Variables.Remove("saved_entry");
            Variables.Remove("next_entry");
        }

        public Dictionary<string, string> Variables { get; }

        public LoaderFile File() => new(_entries, _default, _includes, []) { ReadsBls = _readsBls, Variables = Variables };

        public void Statement(int line, List<string> words)
        {
            var opens = words[^1] == "{";
            switch (words[0])
            {
                case "}":
                    Close();
                    return;
                case "menuentry" or "hiddenentry" or "submenu" when opens && words.Count > 2:
                    Open(words);
                    return;
                case "set" when words.Count > 1:
                    Set(words[1]);
                    break;
                case "blscfg":
                    _readsBls = true;
                    break;
                case "source" or "configfile" or "." when words.Count > 1:
                    _includes.Add(words[1]);
                    break;
                case "multiboot" or "multiboot2" or "xen_hypervisor":
                    _hypervisor = true;
                    break;
                case "module" or "module2" or "xen_module" when _hypervisor:
                    Linux(line, words);
                    break;
                case var word when IsLinux(word):
                    Linux(line, words);
                    break;
            }

            if (opens)
                Push(null);
        }

        private static bool IsLinux(string word) =>
            word is "linux" or "linux16" or "linuxefi" || word.StartsWith("linux$", StringComparison.Ordinal);

        private void Set(string assignment)
        {
            var at = assignment.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
                return;
            var (name, value) = (assignment[..at], assignment[(at + 1)..]);
            if (name == "default")
                Default(value);
            else if (name is not ("saved_entry" or "next_entry"))
                Variables.TryAdd(name, value);
        }

        // "${saved_entry}" is the rule where it stands; a later number belongs to the counting of failed boots (Fedora,
        // 01_fallback_counting).
        private void Default(string value)
        {
            if (!value.Contains("next_entry", StringComparison.Ordinal)
                && _default?.Contains("saved_entry", StringComparison.Ordinal) != true)
                _default = value;
        }

        private void Open(List<string> words)
        {
            var id = "";
            for (var i = 2; i + 1 < words.Count; i++)
            {
                if (words[i] is "--id" or "$menuentry_id_option" or "${menuentry_id_option}")
                    id = words[i + 1];
                else if (words[i].StartsWith("--id=", StringComparison.Ordinal))
                    id = words[i][5..];
            }

            Push(new(_counters[^1]++, words[1], id == "{" ? "" : id));
            _counters.Add(0);
            (_hypervisor, _hasLinux) = (false, false);
        }

        private void Push(MenuStep? step)
        {
            if (_blocks.Count >= MostNested)
                throw new MalformedInputException("grub.cfg", $"at most {MostNested} nested blocks", "more");
            _blocks.Push(step);
        }

        private void Close()
        {
            if (_blocks.TryPop(out var step) && step is not null)
                _counters.RemoveAt(_counters.Count - 1);
        }

        private void Linux(int line, List<string> words)
        {
            var path = _blocks.Reverse().OfType<MenuStep>().ToList();
            var at = 1;
            while (at < words.Count && words[at].StartsWith("--", StringComparison.Ordinal))
                at++;
            if (path.Count == 0 || at >= words.Count || _hasLinux || !LoaderLines.IsLinux(words[at]))
                return;
            LoaderLines.Limit(_entries.Count);
            _hasLinux = true;
            _entries.Add(new(line, path[^1].Title, words[at], string.Join(' ', words.Skip(at + 1).Select(Quoted)), path));
        }

        // As grub_create_loader_cmdline does: a word with white space is handed over in quotes.
        private static string Quoted(string word) => word.AsSpan().IndexOfAny(' ', '\t') >= 0 ? $"\"{word}\"" : word;
    }
}
