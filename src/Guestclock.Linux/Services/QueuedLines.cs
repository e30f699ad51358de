using System.Text;

namespace Guestclock.Linux.Services;

/// <summary>
/// Lines on their way out, written by a thread of their own: an output that is slow, full or gone makes lines be dropped, and their number
/// told once it takes lines again, and never holds up whoever writes them.
/// </summary>
public sealed class QueuedLines : ILineSink, IAsyncDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Func<ReadOnlyMemory<byte>, int> _output;
    private readonly Func<long, string> _droppedLine;
    private readonly int _maxBytes;
    private readonly TimeSpan _patience;
    private readonly Lock _gate = new();
    private readonly Queue<byte[]> _lines = new();
    private readonly ManualResetEventSlim _work = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _bytes;
    private long _untold;
    private bool _isStopping;
    private bool _isCut;
    private bool _isStuck;

    /// <param name="output">Returns how many bytes it has written; less than all: it could not write the rest.</param>
    /// <param name="droppedLine">The line that says how many lines were dropped.</param>
    /// <param name="maxBytes">What waits at most.</param>
    /// <param name="patience">How long the end waits for the output.</param>
    public QueuedLines(Func<ReadOnlyMemory<byte>, int> output, Func<long, string> droppedLine, int maxBytes = 1 << 20, TimeSpan? patience = null)
    {
        (_output, _droppedLine, _maxBytes, _patience) = (output, droppedLine, maxBytes, patience ?? TimeSpan.FromSeconds(2));
        new Thread(Run) { IsBackground = true, Name = "lines" }.Start();
    }

    /// <summary>Lines dropped since the start.</summary>
    public long Dropped { get; private set; }

    /// <summary>Told, from the thread that writes: true when the output takes no lines any more, false when it does again.</summary>
    public Action<bool>? OnStuck { get; init; }

    public void Write(ReadOnlySpan<byte> line)
    {
        lock (_gate)
        {
            if (_isStopping || _bytes + line.Length + 1 > _maxBytes)
            {
                Dropped++;
                _untold++;
                return;
            }

            byte[] ended = [.. line, (byte)'\n'];
            _lines.Enqueue(ended);
            _bytes += ended.Length;
            _work.Set();
        }
    }

    /// <summary>Writes what waits, if the output takes it in time.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isStopping = true;
            _work.Set();
        }

        await Task.WhenAny(_ended.Task, Task.Delay(_patience));
    }

    private void Run()
    {
        while (Next(out var told) is { } line)
        {
            var isPut = Put(line);
            if (isPut == _isStuck)
                OnStuck?.Invoke(_isStuck = !isPut);
            if (isPut)
                continue;
            lock (_gate)
            {
                // A line that tells of others stands for as many as it tells of.
                _untold += told > 0 ? told : 1;
                Dropped += told > 0 ? 0 : 1;
                if (_isStopping)
                    break;
            }

            Thread.Sleep(RetryAfter);
        }

        _ended.SetResult();
    }

    /// <summary>Waits for a line; null at the end.</summary>
    /// <param name="told">Not 0: the line says that so many were dropped.</param>
    private byte[]? Next(out long told)
    {
        told = 0;
        while (true)
        {
            _work.Wait();
            lock (_gate)
            {
                if (_untold > 0)
                {
                    (told, _untold) = (_untold, 0);
                    return Encoding.UTF8.GetBytes(_droppedLine(told) + "\n");
                }

                if (_lines.TryDequeue(out var line))
                {
                    _bytes -= line.Length;
                    return line;
                }

                if (_isStopping)
                    return null;
                _work.Reset();
            }
        }
    }

    /// <summary>After a line that was written in part the next one begins on a line of its own.</summary>
    private bool Put(byte[] line)
    {
        if (_isCut && _output("\n"u8.ToArray()) == 0)
            return false;
        var written = _output(line);
        _isCut = written > 0 && written < line.Length;
        return written == line.Length;
    }
}
