namespace Guestclock.EndToEnd.Guests;

/// <summary>A guest cannot be had here; the message is one sentence that names what is missing. Tests turn it into a skip.</summary>
public sealed class GuestUnavailableException : Exception
{
    public GuestUnavailableException()
    {
    }

    public GuestUnavailableException(string message)
        : base(message)
    {
    }

    public GuestUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
