using System.Text;

namespace Guestclock.Cli.Measure;

/// <summary>Lines of a terminal that are redrawn in place, and lines above them that stay. ECMA-48: CUU goes up, EL and ED erase.</summary>
internal sealed class LiveScreen(TextWriter output)
{
    private int _shown;

    /// <param name="lines">In the place of those before; none: they are taken away.</param>
    public void Show(IReadOnlyList<string> lines, IReadOnlyList<string> above)
    {
        var text = new StringBuilder(Up());
        foreach (var line in above.Concat(lines))
            text.Append(line).Append("\u001b[K\n");
        output.Write(text.Append("\u001b[J").ToString());
        output.Flush();
        _shown = lines.Count;
    }

    // After Ctrl-C a terminal has written ^C at the beginning of the next line.
    private string Up() => _shown > 0 ? $"\r\u001b[{_shown}A" : "\r";
}
