using Guestclock.Discipline;

namespace Guestclock.Linux.Agents;

/// <summary>A guest's agent could not be reached or gave no usable answer.</summary>
public sealed class AgentException : Exception
{
    public AgentException()
    {
    }

    public AgentException(string message)
        : base(message)
    {
    }

    public AgentException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <param name="detail">What was seen, without the sentence that the failure itself stands for; may be empty.</param>
    public AgentException(AgentFailure failure, string detail, Exception? innerException = null)
        : base(detail, innerException) => Failure = failure;

    public AgentFailure Failure { get; } = AgentFailure.Transport;
}
