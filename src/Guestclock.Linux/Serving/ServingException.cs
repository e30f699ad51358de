namespace Guestclock.Linux.Serving;

/// <summary>What a daemon listens on, or a client asks, is not to be had. The message is one sentence for the user.</summary>
public sealed class ServingException : Exception
{
    public ServingException()
        : this("nobody can be served")
    {
    }

    public ServingException(string message)
        : base(message)
    {
    }

    public ServingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
