using Guestclock.Reports;

namespace Guestclock.Cli.Trials;

/// <summary>Says on a terminal's standard error what is done now, on one line, and leaves no trace.</summary>
internal sealed class StepProgress(TextWriter error, Terminal terminal) : IProgress<string>, IDisposable
{
    private const string ClearLine = "\r\u001b[K";

    private readonly Lock _lock = new();
    private bool _isLineOpen;
    private bool _isOver;

    public void Report(string value)
    {
        lock (_lock)
        {
            if (!terminal.ErrorIsTerminal || _isOver)
                return;
            var line = Words.Plain(value);
            error.Write(ClearLine + (line.Length < terminal.Width ? line : line[..(terminal.Width - 1)]));
            error.Flush();
            _isLineOpen = true;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isOver = true;
            if (!_isLineOpen)
                return;
            error.Write(ClearLine);
            error.Flush();
            _isLineOpen = false;
        }
    }
}
