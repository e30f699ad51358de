namespace Guestclock.Cli;

/// <summary>Asks a person.</summary>
internal static class Question
{
    /// <summary>True for y and yes; everything else, the end of the input too, is a no.</summary>
    public static bool IsYes(string question, TextWriter output, TextReader input)
    {
        output.Write(question);
        output.Flush();
        return input.ReadLine()?.Trim().ToLowerInvariant() is "y" or "yes";
    }
}
