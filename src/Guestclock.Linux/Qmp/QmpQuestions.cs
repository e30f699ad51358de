using System.Text.Json;
using Guestclock.Protocols.Qmp;

namespace Guestclock.Linux.Qmp;

/// <summary>Commands that wait for their answer, by id. An answer to none of them (it came too late) is nobody's.</summary>
internal sealed class QmpQuestions(string path)
{
    private readonly Dictionary<long, (string Command, TaskCompletionSource<JsonElement> Answer)> _open = [];
    private QmpException? _closed;
    private long _lastId;

    /// <exception cref="QmpException">The connection has ended.</exception>
    public (long Id, Task<JsonElement> Answer) Ask(string command)
    {
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_open)
        {
            if (_closed is not null)
                throw new QmpException(_closed.Problem, _closed.Message, _closed);
            _open.Add(++_lastId, (command, answer));
            return (_lastId, answer.Task);
        }
    }

    public void Forget(long id)
    {
        lock (_open)
            _ = _open.Remove(id);
    }

    public void Settle(QmpReply reply)
    {
        if (Take(reply.Id, out var question))
            _ = question.Answer.TrySetResult(reply.Return);
    }

    public void Settle(QmpFailure failure)
    {
        if (Take(failure.Id, out var question))
            _ = question.Answer.TrySetException(new QmpException(QmpProblem.CommandFailed, $"{path}: {question.Command}: {failure.Description}")
            {
                Class = failure.Class,
                Description = failure.Description,
            });
    }

    public void Close(QmpException because)
    {
        lock (_open)
        {
            _closed = because;
            foreach (var (_, answer) in _open.Values)
            {
                _ = answer.TrySetException(because);
                _ = answer.Task.Exception;
            }

            _open.Clear();
        }
    }

    private bool Take(long? id, out (string Command, TaskCompletionSource<JsonElement> Answer) question)
    {
        lock (_open)
        {
            question = default;
            return id is { } known && _open.Remove(known, out question);
        }
    }
}
