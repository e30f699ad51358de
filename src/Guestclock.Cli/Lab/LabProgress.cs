using System.Globalization;
using Guestclock.Discipline;
using Guestclock.Lab.Results;
using Guestclock.Lab.Sessions;
using Guestclock.Reports;
using Guestclock.Units;

namespace Guestclock.Cli.Lab;

/// <summary>
/// What the lab does, on standard error: on a terminal one line that changes and stays when a run has ended; else a line when a run begins
/// and one when it has ended.
/// </summary>
internal sealed class LabProgress(TextWriter error, Terminal terminal) : ILabProgress, IDisposable
{
    private const string ClearLine = "\r\u001b[K";
    private readonly Lock _lock = new();
    private string _head = "";
    private string _left = "";
    private bool _isLineOpen;

    public void Begins(PlannedCell cell, int run, int number, int total, TimeSpan left)
    {
        lock (_lock)
        {
            _head = $"[{number}/{total}] {cell}{(run > 1 ? $", run {run}" : "")}";
            _left = $" · {About(left)} left";
            if (terminal.ErrorIsTerminal)
                Show("");
            else
                error.WriteLine($"{_head}: about {About(left)} left for all");
        }
    }

    public void Does(string what)
    {
        lock (_lock)
            Show(what);
    }

    public void Sees(TimeSpan sinceBreak, ClockOffset? seen)
    {
        lock (_lock)
            Show(string.Create(CultureInfo.InvariantCulture, $"{sinceBreak.TotalSeconds:0.0} s after the break: {(seen is { } s ? s.ToString() : "no reading")}"));
    }

    public void Ends(RunResult result)
    {
        lock (_lock)
        {
            var sentence = result.Failure is { } failure ? $"could not run: {Words.Plain(failure)}"
                : result.TimeTo10Ns is { } time ? $"below 10 ms after {new Nanoseconds(time)}, residual {result.Residual}"
                : $"not below 10 ms in {new Nanoseconds(result.WatchedNs)}, residual {result.Residual}";
            if (terminal.ErrorIsTerminal)
                error.Write(ClearLine);
            error.WriteLine($"{_head}: {sentence}");
            _isLineOpen = false;
        }
    }

    /// <summary>Leaves no half a line behind.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isLineOpen)
                error.Write(ClearLine);
            _isLineOpen = false;
        }
    }

    private static string About(TimeSpan time) => time.TotalMinutes >= 1.5 ? $"{time.TotalMinutes:0} min" : $"{time.TotalSeconds:0} s";

    private void Show(string what)
    {
        if (!terminal.ErrorIsTerminal)
            return;
        var line = $"{_head}{(what.Length > 0 ? ": " : "")}{Words.Plain(what)}{_left}";
        error.Write(ClearLine + (line.Length < terminal.Width ? line : line[..(terminal.Width - 1)]));
        _isLineOpen = true;
    }
}
