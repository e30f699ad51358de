namespace Guestclock.Linux.Fixing;

/// <summary>A run that cannot begin, or cannot go on. The message is one sentence for a user, without a full stop.</summary>
public sealed class FixEngineException : Exception
{
    public FixEngineException()
        : this("the run cannot go on")
    {
    }

    public FixEngineException(string message)
        : base(message)
    {
    }

    public FixEngineException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
