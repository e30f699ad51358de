using Guestclock.Reports;

namespace Guestclock.Cli.Sync;

/// <summary>Says on a terminal's standard error which guests are still waited for, once that takes longer than a second.</summary>
internal sealed class SyncProgress : IDisposable
{
    private const string ClearLine = "\r\u001b[K";
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly TextWriter _error;
    private readonly Terminal _terminal;
    private readonly List<string> _waiting;
    private readonly long _startedAt;
    private readonly ITimer? _timer;
    private bool _isLineOpen;

    public SyncProgress(TextWriter error, Terminal terminal, IEnumerable<string> guests)
    {
        (_error, _terminal, _waiting, _startedAt) = (error, terminal, [.. guests], terminal.Time.GetTimestamp());
        if (terminal.ErrorIsTerminal)
            _timer = terminal.Time.CreateTimer(_ => Show(), null, First, Every);
    }

    /// <summary>That guest is done; <paramref name="say"/> writes what is to be said of it.</summary>
    public void Done(string guest, Action say)
    {
        lock (_lock)
        {
            _waiting.Remove(guest);
            Clear();
            say();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _timer?.Dispose();
            _waiting.Clear();
            Clear();
        }
    }

    private void Show()
    {
        lock (_lock)
        {
            if (_waiting.Count == 0)
                return;
            var others = _waiting.Count switch { 1 => "", 2 => " and 1 other guest", var n => $" and {n - 1} other guests" };
            var line = $"waiting for {Words.Plain(_waiting[0])}{others}: {_terminal.Time.GetElapsedTime(_startedAt).TotalSeconds:0} s";
            _error.Write(ClearLine + (line.Length < _terminal.Width ? line : $"…{line.AsSpan(line.Length - _terminal.Width + 2)}"));
            _error.Flush();
            _isLineOpen = true;
        }
    }

    private void Clear()
    {
        if (!_isLineOpen)
            return;
        _error.Write(ClearLine);
        _error.Flush();
        _isLineOpen = false;
    }
}
