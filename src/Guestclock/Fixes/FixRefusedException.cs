namespace Guestclock.Fixes;

/// <summary>A repair that cannot be made here. The message is one sentence for a user: what stands in the way and what to do.</summary>
public sealed class FixRefusedException : Exception
{
    public FixRefusedException()
        : this("the repair cannot be made")
    {
    }

    public FixRefusedException(string message)
        : base(message)
    {
    }

    public FixRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
