using System.Text;

namespace Guestclock.Cli.Measure;

/// <summary>Lines of a terminal that are redrawn in place, and lines above them that stay. ECMA-48: CUU goes up, EL and ED erase.</summary>
internal sealed class LiveScreen(TextWriter output) : IDisposable
{
    private int _shown;

    public void Show(IReadOnlyList<string> lines, IReadOnlyList<string> above)
    {
        var text = new StringBuilder(Up());
        foreach (var line in above.Concat(lines))
            text.Append(line).Append("\u001b[K\n");
        output.Write(text.Append("\u001b[J").ToString());
        output.Flush();
        _shown = lines.Count;
    }

    /// <summary>Takes the lines away.</summary>
    public void Dispose()
    {
        output.Write(Up() + "\u001b[J");
        output.Flush();
        _shown = 0;
    }

    // After Ctrl-C a terminal has written ^C at the beginning of the next line.
    private string Up() => _shown > 0 ? $"\r\u001b[{_shown}A" : "\r";
}
