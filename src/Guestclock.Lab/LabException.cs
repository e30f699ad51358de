namespace Guestclock.Lab;

/// <summary>The lab lacks something on this machine, or something that it started failed; the message says what, and what to do.</summary>
public sealed class LabException : Exception
{
    public LabException()
    {
    }

    public LabException(string message)
        : base(message)
    {
    }

    public LabException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
