namespace Guestclock.Linux.Qmp;

/// <summary>A QMP socket gave no usable answer. The message is one sentence: which socket, what was seen.</summary>
public sealed class QmpException : Exception
{
    public QmpException()
    {
    }

    public QmpException(string message)
        : base(message)
    {
    }

    public QmpException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public QmpException(QmpProblem problem, string message, Exception? innerException = null)
        : base(message, innerException) => Problem = problem;

    public QmpProblem Problem { get; } = QmpProblem.Foreign;

    /// <summary>QEMU's class of the error (GenericError, CommandNotFound, ...); empty when it is not QEMU that refused.</summary>
    public string Class { get; init; } = "";

    /// <summary>QEMU's own words; empty when it is not QEMU that refused.</summary>
    public string Description { get; init; } = "";
}
