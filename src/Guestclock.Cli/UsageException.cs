namespace Guestclock.Cli;

/// <summary>Something that the user can mend: the message is the sentence that is shown, and the exit code is 64.</summary>
public sealed class UsageException : Exception
{
    public UsageException()
    {
    }

    public UsageException(string message)
        : base(message)
    {
    }

    public UsageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
