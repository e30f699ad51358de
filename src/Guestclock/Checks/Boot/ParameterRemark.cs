namespace Guestclock.Checks.Boot;

/// <summary>What is to be said of one parameter, or of one that is lacking.</summary>
/// <param name="Parameter">As it is written or would have to be.</param>
/// <param name="Text">A sentence without a full stop.</param>
/// <param name="Remove">Arguments to take away.</param>
/// <param name="Add">Arguments to put in.</param>
internal sealed record ParameterRemark(CheckStatus Status, string Parameter, string Text, string? Remove = null, string? Add = null)
{
    /// <summary>What the user can say with <c>--assume</c> where the finding depends on it.</summary>
    public string? Assume { get; init; }
}
