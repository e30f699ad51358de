namespace Guestclock.Formats;

/// <summary>Input from outside that breaks its format. The message is one sentence for a user: where, what was expected, what was found.</summary>
public sealed class MalformedInputException : Exception
{
    private const int MostFound = 120;

    public MalformedInputException()
        : this("malformed input")
    {
    }

    public MalformedInputException(string message)
        : base(message)
    {
    }

    public MalformedInputException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>At <paramref name="where"/> ("line 3", "offset 28") <paramref name="expected"/> was expected, but <paramref name="found"/> stands there.</summary>
    public MalformedInputException(string where, string expected, string found)
        : base($"{where}: expected {expected}, found {Cut(found)}")
    {
    }

    /// <summary>What was found may be a whole file without a line end.</summary>
    private static string Cut(string found) => found.Length <= MostFound ? found : $"{found.AsSpan(0, MostFound)}…";
}
