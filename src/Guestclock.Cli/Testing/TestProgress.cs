using Guestclock.Reports;

namespace Guestclock.Cli.Testing;

/// <summary>What is being tested and how long it has been going on, on a terminal's standard error.</summary>
internal sealed class TestProgress : IDisposable
{
    private const string ClearLine = "\r\u001b[K";
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly TextWriter _error;
    private readonly Terminal _terminal;
    private readonly TimeSpan _duration;
    private readonly long _startedAt;
    private readonly ITimer? _timer;
    private string _what = "";
    private bool _isOver;

    public TestProgress(TextWriter error, Terminal terminal, TimeSpan duration)
    {
        (_error, _terminal, _duration, _startedAt) = (error, terminal, duration, terminal.Time.GetTimestamp());
        if (terminal.ErrorIsTerminal)
            _timer = terminal.Time.CreateTimer(_ => Show(), null, TimeSpan.Zero, Every);
    }

    public void Begins(string what)
    {
        lock (_lock)
            _what = what;
    }

    /// <summary>Leaves no half a line behind.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _timer?.Dispose();
            _isOver = true;
            if (!_terminal.ErrorIsTerminal)
                return;
            _error.Write(ClearLine);
            _error.Flush();
        }
    }

    private void Show()
    {
        lock (_lock)
        {
            if (_isOver)
                return;
            var line = $"{_terminal.Time.GetElapsedTime(_startedAt).TotalSeconds:0} of {_duration.TotalSeconds:0.#} s: {Words.Plain(_what)}";
            _error.Write(ClearLine + (line.Length < _terminal.Width ? line : line[..(_terminal.Width - 1)]));
            _error.Flush();
        }
    }
}
